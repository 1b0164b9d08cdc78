//! Asking again from time to time.

use std::time::Duration;

use leptos::{ev, prelude::*};

/// Calls `ask` every `every` while `active` is true and the tab is visible, and once when the tab becomes visible again.
/// Ends with the owner.
pub fn use_poll(active: Signal<bool>, every: Duration, ask: impl Fn() + Clone + 'static) {
    let ask_if_seen = move || {
        if active.get_untracked() && !document().hidden() {
            ask();
        }
    };
    let on_return = ask_if_seen.clone();
    let returned = window_event_listener(ev::visibilitychange, move |_| on_return());
    let ticking = set_interval_with_handle(ask_if_seen, every).ok();
    on_cleanup(move || {
        returned.remove();
        if let Some(ticking) = ticking {
            ticking.clear();
        }
    });
}
