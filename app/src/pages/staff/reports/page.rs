//! `/Reports`

use latchkey_shared::{
    api::reports::{ReportKind, Reports},
    text::reports as text,
};
use leptos::prelude::*;

use super::{charts, tables};
use crate::{
    api::{Shown, load, reports},
    components::{ButtonLink, EmptyState, Glyph, Look, PageHeader, Stack, format_exact},
};

#[component]
pub fn ReportsPage() -> impl IntoView {
    let loaded = load(reports::get);
    loaded.page(text::TITLE, 14, draw)
}

fn draw(shown: Shown<Reports>) -> AnyView {
    let as_of = move || text::as_of(&format_exact(shown.with(|reports| reports.as_of.millis())));
    let body = move || {
        let reports = shown.get();
        if reports.currencies.is_empty() {
            return view! { <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Chart /> }
                .into_any();
        }
        view! {
            <Stack>
                {part(ReportKind::Mrr, text::MRR_MEANS, charts::mrr(&reports))}
                {part(ReportKind::Revenue, text::REVENUE_MEANS, charts::revenue(&reports))}
                {part(ReportKind::Churn, text::CHURN_MEANS, charts::churn(&reports))}
                {part(ReportKind::Renewals, text::RENEWALS_MEANS, tables::renewals(&reports))}
                {part(ReportKind::Failed, text::FAILED_MEANS, tables::failed(&reports))}
            </Stack>
        }
        .into_any()
    };
    view! {
        <PageHeader title=text::TITLE>
            <span class="muted">{as_of}</span>
        </PageHeader>
        {body}
    }
    .into_any()
}

/// A report under its name, with what it means and its file.
fn part(kind: ReportKind, means: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="report">
            <div class="section-head">
                <h2>{kind.label()}</h2>
                <ButtonLink href=reports::export_href(kind) look=Look::Quiet small=true icon=Glyph::Download>
                    {text::CSV}
                    <span class="unseen">" " {kind.label()}</span>
                </ButtonLink>
            </div>
            <p class="report-means">{means}</p>
            {body}
        </section>
    }
    .into_any()
}
