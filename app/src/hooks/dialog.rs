//! Opening and closing a native `<dialog>` from a signal.

use leptos::{html, prelude::*};

use super::use_effect;

/// Opens `element` as a modal when `open` becomes true and closes it when it becomes false. The browser keeps the focus
/// inside, and gives it back on closing. Tie the element's `close` event to `open.set(false)`.
///
/// A dialog that is drawn only while it is open is closed before it is taken out of the document: without that the
/// browser would give the focus to nobody.
pub fn use_modal(element: NodeRef<html::Dialog>, open: Signal<bool>) {
    use_effect(move || {
        let Some(dialog) = element.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only for a dialog that is open or not in the document, and then there is nothing to open.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    on_cleanup(move || {
        if let Some(dialog) = element.try_get_untracked().flatten() {
            dialog.close();
        }
    });
}
