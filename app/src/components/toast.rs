//! Short messages about what just happened, read out politely and gone after a while.

use std::time::Duration;

use leptos::{html, prelude::*};

use super::{Glyph, Icon, IconButton, Tone, words};
use crate::hooks::use_effect;

const SHOWN_FOR: Duration = Duration::from_secs(5);
const SHOWN_WITH_UNDO_FOR: Duration = Duration::from_secs(8);

#[derive(Clone)]
struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    undo: Option<Callback<()>>,
}

/// The messages on screen. Get it with [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u32>,
}

/// Makes toasts available to everything below. Called once, by the app.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { shown: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) };
    provide_context(toasts);
    toasts
}

/// The app's toasts. Where none were provided the messages go nowhere.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(provide_toasts)
}

impl Toasts {
    /// Something succeeded.
    pub fn good(self, text: impl Into<String>) {
        self.add(Tone::Good, text.into(), None);
    }

    /// Something is worth knowing.
    pub fn notice(self, text: impl Into<String>) {
        self.add(Tone::Notice, text.into(), None);
    }

    /// Something failed. It stays until it is dismissed.
    pub fn bad(self, text: impl Into<String>) {
        self.add(Tone::Bad, text.into(), None);
    }

    /// Something was done that `undo` takes back.
    pub fn undoable(self, text: impl Into<String>, undo: impl Into<Callback<()>>) {
        self.add(Tone::Good, text.into(), Some(undo.into()));
    }

    fn add(self, tone: Tone, text: String, undo: Option<Callback<()>>) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id.wrapping_add(1));
        self.shown.update(|shown| {
            // The same message again replaces the old one instead of piling up.
            shown.retain(|toast| toast.text != text);
            shown.push(Toast { id, tone, text, undo });
        });
        if tone != Tone::Bad {
            let time = if undo.is_some() { SHOWN_WITH_UNDO_FOR } else { SHOWN_FOR };
            set_timeout(move || self.remove(id), time);
        }
    }

    fn remove(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where toasts appear. Drawn once, by the app, at the end of the page. It is a popover, so that it lies above an open
/// dialog too.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let region = NodeRef::<html::Section>::new();
    use_effect(move || {
        let any = toasts.shown.with(|shown| !shown.is_empty());
        if let Some(region) = region.get() {
            // Hidden first, so that it comes to lie above what was opened since. Either call fails only when there is
            // nothing to do.
            let _ = region.hide_popover();
            if any {
                let _ = region.show_popover();
            }
        }
    });
    view! {
        <section class="toasts" node_ref=region popover="manual" aria-live="polite" aria-relevant="additions">
            <For each=move || toasts.shown.get() key=|toast| toast.id let(toast)>
                <ToastView toast />
            </For>
        </section>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let Toast { id, tone, text, undo } = toast;
    let glyph = if tone == Tone::Good { Glyph::Check } else { Glyph::Attention };
    let take_back = move |undo: Callback<()>| {
        toasts.remove(id);
        undo.run(());
    };
    view! {
        <div class=["toast ", tone.class()].concat()>
            <Icon glyph />
            <p>{text}</p>
            {undo
                .map(|undo| {
                    view! {
                        <button type="button" class="button quiet small" on:click=move |_| take_back(undo)>
                            {words::UNDO}
                        </button>
                    }
                })}
            <IconButton glyph=Glyph::Cross label=words::DISMISS on_press=move || toasts.remove(id) />
        </div>
    }
}
