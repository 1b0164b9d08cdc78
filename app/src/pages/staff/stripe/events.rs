//! `/Stripe/Events`: the inbox of Stripe's events.

use std::time::Duration;

use latchkey_shared::{api::inbox::StripeEventRow, inbox::EventStatus, text::inbox as text};
use leptos::prelude::*;

use super::{
    sections::sections,
    which::{Which, use_which},
};
use crate::{
    api::{encoded, load, stripe},
    components::{ButtonLink, Column, EmptyState, Glyph, PageHeader, Row, Tone},
    pages::staff::{
        listing::{Listing, SavedView, draw, saved_views, source, use_list_state},
        show,
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_PENDING, text::PENDING_FILTER),
    (text::VIEW_DEAD, text::DEAD_FILTER),
    (text::VIEW_IGNORED, text::IGNORED_FILTER),
];
const REFRESH: Duration = Duration::from_secs(5);

#[component]
pub fn EventsPage() -> impl IntoView {
    let state = use_list_state();
    let which = use_which();
    let page = load(move || stripe::events(which.get(), &state.query())).poll(true, REFRESH);
    let source = source(page, move |event| row(event, which));
    let listing = Listing {
        label: text::EVENTS,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::KIND),
            Column::new(text::STATUS).fact(),
            Column::new(text::OBJECT),
            Column::new(text::CUSTOMER),
            Column::new(text::ATTEMPTS).right(),
            Column::new(text::RECEIVED).fact(),
        ],
        sorted: "-received",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::EVENTS count=source.count() />
        {sections(which)}
        {saved_views(text::VIEWS, "/Stripe/Events", VIEWS)}
        {draw(state, listing)}
    }
    .into_any()
}

fn empty() -> AnyView {
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Card>
            <ButtonLink href="/Stripe">{text::OPEN_CHECK}</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

fn row(event: &StripeEventRow, which: Which) -> Row {
    let (status, received, attempts) = (event.status, event.received, event.attempts);
    Row::new(&event.id)
        .href(which.href(&["/Stripe/Events/", &encoded(&event.id)].concat()))
        .text(event.kind.clone())
        .cell(move || status_badge(status))
        .cell(code(event.object.clone()))
        .cell(code(event.customer.clone()))
        .text(attempts.to_string())
        .cell(move || show::when(received))
}

fn code(id: Option<String>) -> impl Fn() -> AnyView + Send + Sync + 'static {
    move || {
        let id = id.clone();
        view! { <code class="cell-text" title=id.clone()>{id.clone()}</code> }.into_any()
    }
}

/// How an event stands.
pub fn status_badge(status: EventStatus) -> AnyView {
    let tone = match status {
        EventStatus::Pending => Tone::Notice,
        EventStatus::Done => Tone::Good,
        EventStatus::Ignored => Tone::Neutral,
        EventStatus::Dead => Tone::Bad,
    };
    show::badge(tone, status.label())
}
