//! Keys that work anywhere on the page.

use leptos::{ev, prelude::*};

/// Calls `pressed` for Ctrl or ⌘ together with `key` (lower case), in place of what the browser would do.
pub fn use_command_key(key: &'static str, pressed: impl Fn() + 'static) {
    let listening = window_event_listener(ev::keydown, move |event| {
        let command = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if command && event.key().eq_ignore_ascii_case(key) {
            event.prevent_default();
            pressed();
        }
    });
    on_cleanup(move || listening.remove());
}

/// Whether the device calls the command key ⌘.
pub fn has_apple_keyboard() -> bool {
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}
