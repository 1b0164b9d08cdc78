//! All messages whose words can be changed, and the rules of the reminders.

use latchkey_shared::{
    api::messages::{Template, Templates},
    text::{communications, templates as text},
};
use leptos::prelude::*;

use super::reminders::reminders;
use crate::{
    api::{Shown, load, templates},
    components::{Card, Column, Crumb, DataTable, PageHeader, Row, Stack, Tone},
    pages::staff::show,
};

#[component]
pub fn TemplatesPage() -> impl IntoView {
    load(templates::list).page(text::TITLE, 10, draw)
}

fn draw(shown: Shown<Templates>) -> AnyView {
    let rows =
        Signal::derive(move || Some(shown.with(|shown| shown.templates.iter().map(row).collect::<Vec<_>>())));
    let columns =
        vec![Column::new(text::MESSAGE), Column::new(text::SUBJECT).fact(), Column::new(text::WORDS).fact()];
    let rules = shown.with_untracked(|shown| shown.reminders.clone());
    view! {
        <PageHeader title=text::TITLE crumbs=vec![Crumb::new(communications::TITLE, "/Communications")]>
            <span class="muted">{text::INTRO}</span>
        </PageHeader>
        <Stack>
            <Card title=text::MESSAGES flush=true>
                <DataTable label=text::MESSAGES columns rows />
            </Card>
            {reminders(rules)}
        </Stack>
    }
    .into_any()
}

fn row(template: &Template) -> Row {
    let own = template.changed.is_some();
    Row::new(template.kind)
        .href(["/Communications/Templates/", template.kind.as_str()].concat())
        .text(template.kind.label())
        .text(template.subject.clone())
        .cell(move || {
            if own {
                show::badge(Tone::Accent, text::OWN)
            } else {
                show::badge(Tone::Neutral, text::ORIGINAL)
            }
        })
}
