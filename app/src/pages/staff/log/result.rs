//! What became of a call, in a word.

use latchkey_shared::{api::web_api::ApiCall, text::log as text};
use leptos::prelude::*;

use crate::{components::Tone, pages::staff::show};

/// Of a call that went wrong at our side, and not at the caller's.
const OURS: i64 = 500;

pub fn badge(call: &ApiCall) -> AnyView {
    let (tone, word) = match call {
        ApiCall { succeeded: true, .. } => (Tone::Good, text::SUCCEEDED),
        ApiCall { status, .. } if *status >= OURS => (Tone::Bad, text::FAILED),
        _ => (Tone::Notice, text::REFUSED),
    };
    show::badge(tone, word)
}
