//! Copying text.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// Copies `text` and calls `done` with whether the browser allowed it.
pub fn copy_text(text: String, done: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        let written = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
        done(written.is_ok());
    });
}
