//! What happened, newest first.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone, When};

/// One thing that happened. `title` and `body` may hold links.
#[derive(Clone)]
pub struct TimelineEntry {
    pub glyph: Glyph,
    pub tone: Tone,
    pub title: ViewFn,
    pub body: Option<ViewFn>,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who or what did it.
    pub by: Option<String>,
}

/// The entries in the order given, joined by a line.
#[component]
pub fn Timeline(#[prop(into)] entries: Signal<Vec<TimelineEntry>>) -> impl IntoView {
    let draw = |entry: TimelineEntry| {
        view! {
            <li class=["timeline-entry ", entry.tone.class()].concat()>
                <span class="timeline-dot">
                    <Icon glyph=entry.glyph />
                </span>
                <div class="timeline-text">
                    <p class="timeline-title">{entry.title.run()}</p>
                    {entry.body.map(|body| view! { <div class="timeline-body">{body.run()}</div> })}
                    <p class="timeline-when">
                        <When at=entry.at />
                        {entry.by.map(|by| view! { <span>" · " {by}</span> })}
                    </p>
                </div>
            </li>
        }
    };
    view! { <ol class="timeline">{move || entries.get().into_iter().map(draw).collect_view()}</ol> }
}
