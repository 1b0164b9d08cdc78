//! What happened to the customer.

use latchkey_shared::{
    api::customers::Customer, api::customers::TimelineEntry as Entry, text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Card, EmptyState, Glyph, Timeline, TimelineEntry, Tone},
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

/// Picture and colour by the kind's words: kinds of a newer server get the plain dot.
fn look(kind: &str) -> (Glyph, Tone) {
    let has = |word| kind.contains(word);
    let glyph = match () {
        () if has("key") => Glyph::Key,
        () if has("subscription") || has("checkout") || has("plan") => Glyph::Subscription,
        () if has("invoice") || has("payment") || has("refund") || has("dispute") => Glyph::Card,
        () if has("terms") => Glyph::Document,
        () if has("association") || has("link") || has("sign_up") => Glyph::Link,
        () if has("message") || has("mail") || has("communication") => Glyph::Mail,
        () if has("user") || has("sign_in") || has("password") => Glyph::Person,
        () if has("edited") || has("changed") || has("renamed") => Glyph::Edit,
        () => Glyph::Info,
    };
    let tone = match () {
        () if has("failed") || has("disabled") || has("blocked") && !has("unblocked") || has("dispute") => {
            Tone::Bad
        }
        () if has("cancel") || has("revoked") || has("past_due") || has("expired") => Tone::Notice,
        () if has("issued") || has("paid") || has("accepted") || has("enabled") || has("created") => {
            Tone::Good
        }
        () => Tone::Neutral,
    };
    (glyph, tone)
}

#[cfg(test)]
mod tests {
    use super::look;
    use crate::components::{Glyph, Tone};

    #[test]
    fn kinds_get_a_picture_and_a_colour() {
        assert_eq!(look("key_issued"), (Glyph::Key, Tone::Good));
        assert_eq!(look("key_blocked"), (Glyph::Key, Tone::Bad));
        assert_eq!(look("key_unblocked"), (Glyph::Key, Tone::Neutral));
        assert_eq!(look("terms_accepted"), (Glyph::Document, Tone::Good));
        assert_eq!(look("subscription_cancelled"), (Glyph::Subscription, Tone::Notice));
        assert_eq!(look("something_new"), (Glyph::Info, Tone::Neutral));
    }
}
