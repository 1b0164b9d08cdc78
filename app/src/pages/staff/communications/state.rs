//! How a message's delivery stands, in words.

use latchkey_shared::{api::communications::CommunicationState as State, text::communications as text};
use leptos::prelude::*;

use crate::components::{Badge, Tone};

/// The state as a badge that explains itself on hover.
pub fn badge(state: State) -> AnyView {
    let (tone, word) = match state {
        State::Queued => (Tone::Neutral, text::QUEUED),
        State::Sent => (Tone::Good, text::SENT_STATE),
        State::Kept => (Tone::Notice, text::KEPT),
        State::Failed => (Tone::Bad, text::FAILED),
    };
    view! { <Badge tone=Signal::stored(tone) text=word title=meaning(state) /> }.into_any()
}

/// The state in a sentence.
pub const fn meaning(state: State) -> &'static str {
    match state {
        State::Queued => text::QUEUED_MEANS,
        State::Sent => text::SENT_MEANS,
        State::Kept => text::KEPT_MEANS,
        State::Failed => text::FAILED_MEANS,
    }
}
