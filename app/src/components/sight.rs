//! Bringing what a page has marked into sight.

use leptos::{html::ElementType, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Scrolls to what `selector` finds within `place`, once it is drawn; `across` says where it then stands from left to
/// right. Nothing happens where it is all in sight, or the page has gone meanwhile.
pub(super) fn into_sight<E>(place: NodeRef<E>, selector: &'static str, across: ScrollLogicalPosition)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    request_animation_frame(move || {
        let Some(place) = place.try_get_untracked().flatten() else { return };
        let marked =
            place.dyn_ref::<Element>().and_then(|place| place.query_selector(selector).ok().flatten());
        if let Some(marked) = marked {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            nearest.set_inline(across);
            marked.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
