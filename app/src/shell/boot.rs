//! The change from the static page, painted before this program had loaded, to the app.

use leptos::prelude::*;

/// The id of the static page in `index.html`.
const STATIC_PAGE: &str = "boot";

/// Removes the static page and says that the app is there by `html[data-ready]`. Called when the
/// first page, or what is said in its place, is drawn; later calls change nothing.
pub fn take_over() {
    if let Some(page) = document().get_element_by_id(STATIC_PAGE) {
        page.remove();
    }
    if let Some(root) = document().document_element() {
        // The name is a valid attribute name, so setting it cannot fail.
        let _ = root.set_attribute("data-ready", "");
    }
}
