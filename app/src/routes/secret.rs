//! Secrets in the address bar: read once and taken out at once, so that neither history, nor a shared screen, nor a
//! bookmark keeps them.

use leptos::prelude::*;
use web_sys::UrlSearchParams;

/// The parameters of the current address, which has none from now on.
pub fn take_query() -> Option<UrlSearchParams> {
    let search = window().location().search().ok()?;
    strip();
    UrlSearchParams::new_with_str(&search).ok()
}

/// What stands behind the `#` of the current address, which has none from now on. Empty when there was nothing.
pub fn take_fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    strip();
    hash.trim_start_matches('#').to_owned()
}

fn strip() {
    let window = window();
    let (Ok(history), Ok(path)) = (window.history(), window.location().pathname()) else { return };
    // The router keeps its own notes in the state; a page may always rewrite the address within its own origin.
    let state = history.state().unwrap_or_default();
    let _ = history.replace_state_with_url(&state, "", Some(&path));
}
