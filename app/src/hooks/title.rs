//! The tab's title.

use leptos::prelude::*;

use super::use_effect;

/// Keeps the document's title at `title`, followed by the name of whose pages these are (see [`set_title_owner`]).
pub fn use_title(title: impl Fn() -> String + 'static) {
    let owner = use_context::<TitleOwner>();
    use_effect(move || {
        let title = title();
        // A name that has gone with the frame that it belonged to counts for nothing any more.
        let owner = owner.and_then(|owner| owner.0.try_get()).unwrap_or_else(|| "Latchkey".to_owned());
        document().set_title(&if title.is_empty() { owner } else { [&title, " · ", &owner].concat() });
    });
}

#[derive(Clone, Copy)]
struct TitleOwner(Signal<String>);

/// Says whose name the titles below end with: the vendor's in the portal, else Latchkey's own.
pub fn set_title_owner(name: Signal<String>) {
    provide_context(TitleOwner(name));
}
