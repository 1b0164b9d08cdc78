//! Asks before an object is removed.

use latchkey_shared::{
    api::data::{DataObject, TERMS_URL},
    text::data as text,
};
use leptos::prelude::*;

use crate::{
    api::{data, use_sender},
    components::{ConfirmDialog, use_toasts},
    hooks::use_effect,
    pages::staff::show::open_while,
};

/// Open while `removing` holds an object.
#[component]
pub fn RemoveDialog(
    removing: RwSignal<Option<DataObject>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let open = open_while(removing);
    let sender = use_sender();
    let toasts = use_toasts();
    use_effect(move || {
        if removing.with(Option::is_some) {
            sender.forget();
        }
    });
    let name =
        move || removing.with(|object| object.as_ref().map(|object| object.name.clone()).unwrap_or_default());
    let confirm = move || {
        let Some(object) = removing.get_untracked() else { return };
        sender.confirm(data::remove(object.id), move |()| {
            open.set(false);
            toasts.good(text::removed(&object.name));
            on_done.run(());
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::remove_question(&name()))
            confirm=text::REMOVE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{move || if name() == TERMS_URL { text::REMOVE_TERMS_TEXT } else { text::REMOVE_TEXT }}</p>
        </ConfirmDialog>
    }
    .into_any()
}
