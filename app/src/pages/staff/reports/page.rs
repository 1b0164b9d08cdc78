//! `/Reports`

use latchkey_shared::{
    api::reports::{ReportKind, Reports},
    permission::Permission,
    text::reports as text,
};
use leptos::prelude::*;

use super::{charts, tiles::tiles};
use crate::{
    api::{Shown, load, reports},
    components::{ButtonLink, EmptyState, Glyph, Look, PageHeader, Stack, format_exact},
    pages::staff::show::may,
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
        if reports.currencies.is_empty() && reports.renewals.is_empty() && reports.failed.is_empty() {
            return empty();
        }
        view! {
            <Stack>
                {tiles(&reports)}
                {part(ReportKind::Mrr, text::MRR_MEANS, charts::mrr(&reports))}
                {part(ReportKind::Revenue, text::REVENUE_MEANS, charts::revenue(&reports))}
                {part(ReportKind::Churn, text::CHURN_MEANS, charts::churn(&reports))}
                {part(ReportKind::Renewals, text::RENEWALS_MEANS, charts::renewals(&reports))}
                {part(ReportKind::Failed, text::FAILED_MEANS, charts::failed(&reports))}
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

fn empty() -> AnyView {
    let link = may(Permission::LinksManage).then(|| {
        view! {
            <ButtonLink href="/Customer/SignUpLink" look=Look::Primary>
                {text::SIGN_UP_LINK}
            </ButtonLink>
        }
    });
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Chart>
            {link} <ButtonLink href="/Customers">{text::CUSTOMERS}</ButtonLink>
        </EmptyState>
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
