//! Waiting until typing pauses.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// A signal that follows `source` once that has not changed for `pause`.
pub fn use_debounced<T: Clone + Send + Sync + 'static>(source: Signal<T>, pause: Duration) -> ReadSignal<T> {
    let (settled, set_settled) = signal(source.get_untracked());
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(Some(handle)) = pending.try_get_value() {
            handle.clear();
        }
    };
    Effect::new(move |seen: Option<()>| {
        let value = source.get();
        if seen.is_none() {
            return;
        }
        forget();
        pending.set_value(set_timeout_with_handle(move || set_settled.set(value), pause).ok());
    });
    on_cleanup(forget);
    settled
}
