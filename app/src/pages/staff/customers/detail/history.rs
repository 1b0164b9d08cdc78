//! What happened to the customer.

use latchkey_shared::{
    api::customers::Customer, api::customers::TimelineEntry as Entry, text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Card, EmptyState, Glyph, Timeline, TimelineEntry},
    pages::staff::timeline::look,
};

/// The tab: everything that the server handed over.
pub fn history(shown: Shown<Customer>) -> AnyView {
    let none = Memo::new(move |_| shown.with(|shown| shown.timeline.is_empty()));
    let body = move || {
        if none.get() {
            return view! { <EmptyState title=text::NO_HISTORY glyph=Glyph::Clock /> }.into_any();
        }
        let cut = shown.with(|shown| shown.timeline.len() >= 50);
        view! {
            <Card title=text::TAB_HISTORY>
                <Timeline entries=entries(shown, usize::MAX) />
                {cut.then(|| view! { <p class="muted">{text::HISTORY_CUT}</p> })}
            </Card>
        }
        .into_any()
    };
    view! { {body} }.into_any()
}

/// The newest `most` entries.
pub fn entries(shown: Shown<Customer>, most: usize) -> Signal<Vec<TimelineEntry>> {
    Signal::derive(move || shown.with(|shown| shown.timeline.iter().take(most).map(entry).collect()))
}

fn entry(entry: &Entry) -> TimelineEntry {
    let (glyph, tone) = look(&entry.kind);
    let words = entry.text.clone();
    TimelineEntry {
        glyph,
        tone,
        title: ViewFn::from(move || words.clone()),
        body: None,
        at: entry.at.millis(),
        by: Some(entry.actor.name.clone().unwrap_or_else(|| text::source(&entry.actor.source).to_owned())),
    }
}
