//! Secrets in the address bar: read once and taken out at once, so that neither a shared screen, nor a bookmark, nor a
//! copied address carries them. The tab keeps them with its place in the history, so that loading a page anew leads on.

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// Under which name the history entry's state holds what its address carried.
const CARRIED: &str = "carried";

/// The parameters of the current address, which has none from now on.
pub fn take_query() -> Option<UrlSearchParams> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&taken(search)).ok()
}

/// What stands behind the `#` of the current address, which has none from now on. Empty when there was nothing.
pub fn take_fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    taken(hash).trim_start_matches('#').to_owned()
}

/// What the address carries, or carried before the page was loaded anew.
fn taken(carried: String) -> String {
    let Ok(history) = window().history() else { return carried };
    let state = history.state().unwrap_or_default();
    let name = JsValue::from(CARRIED);
    if carried.is_empty() {
        return Reflect::get(&state, &name).ok().and_then(|kept| kept.as_string()).unwrap_or_default();
    }
    // The router keeps its own notes in the state; a page may always rewrite the address within its own origin.
    let notes =
        if state.is_object() { Object::assign(&Object::new(), &Object::from(state)) } else { Object::new() };
    let kept = Reflect::set(&notes, &name, &JsValue::from(carried.as_str()));
    if let (Ok(_), Ok(path)) = (kept, window().location().pathname()) {
        let _ = history.replace_state_with_url(&notes, "", Some(&path));
    }
    carried
}
