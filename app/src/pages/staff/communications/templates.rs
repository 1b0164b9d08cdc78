//! All messages to customers whose words can be changed.

use latchkey_shared::{
    api::message_templates::{MessageTemplate, MessageTemplates},
    text::{communications, message_templates as text},
};
use leptos::prelude::*;

use crate::{
    api::{Shown, load, message_templates},
    components::{Card, Column, Crumb, DataTable, PageHeader, Row, Tone},
    pages::staff::show,
};

#[component]
pub fn TemplatesPage() -> impl IntoView {
    load(message_templates::list).page(text::TITLE, 12, draw)
}

fn draw(shown: Shown<MessageTemplates>) -> AnyView {
    let rows =
        Signal::derive(move || Some(shown.with(|shown| shown.templates.iter().map(row).collect::<Vec<_>>())));
    let columns =
        vec![Column::new(text::MESSAGE), Column::new(text::SUBJECT).fact(), Column::new(text::WORDS).fact()];
    view! {
        <PageHeader title=text::TITLE crumbs=vec![Crumb::new(communications::TITLE, "/Communications")]>
            <span class="muted">{text::INTRO}</span>
        </PageHeader>
        <Card flush=true>
            <DataTable label=text::TITLE columns rows />
        </Card>
    }
    .into_any()
}

fn row(template: &MessageTemplate) -> Row {
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
