//! What the device is like.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};

/// Follows a media query such as `(max-width: 640px)`.
pub fn use_media(query: &str) -> ReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (matches, set_matches) = signal(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let asked = list.clone();
        let changed = Closure::<dyn Fn()>::new(move || set_matches.set(asked.matches()));
        // Only a missing callback could make these fail.
        let _ = list.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        let held = StoredValue::new_local((list, changed));
        on_cleanup(move || {
            held.try_with_value(|(list, changed)| {
                let _ = list.remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
            });
        });
    }
    matches
}

/// Whether the browser believes it has a network.
pub fn use_online() -> ReadSignal<bool> {
    let (online, set_online) = signal(window().navigator().on_line());
    let came = window_event_listener(ev::online, move |_| set_online.set(true));
    let went = window_event_listener(ev::offline, move |_| set_online.set(false));
    on_cleanup(move || {
        came.remove();
        went.remove();
    });
    online
}
