//! Asks before a pair is retired.

use latchkey_shared::{
    api::signing::{SigningKey, SigningKeys},
    text::signing as text,
};
use leptos::prelude::*;

use crate::{
    api::{signing, use_sender},
    components::ConfirmDialog,
    hooks::use_effect,
    pages::staff::show::open_while,
};

/// Open while `asked` holds a pair.
#[component]
pub fn RetireDialog(
    asked: RwSignal<Option<SigningKey>>,
    done: Callback<(SigningKeys, &'static str)>,
) -> impl IntoView {
    let open = open_while(asked);
    let sender = use_sender();
    use_effect(move || {
        if asked.with(Option::is_some) {
            sender.forget();
        }
    });
    let title = Signal::derive(move || {
        asked.with(|pair| pair.as_ref().map(|pair| text::retire_question(&pair.name)).unwrap_or_default())
    });
    let confirm = move || {
        let Some(pair) = asked.get_untracked() else { return };
        sender.confirm(signing::retire(pair.id, true), move |found| {
            open.set(false);
            done.run((found, text::RETIRED_DONE));
        });
    };
    view! {
        <ConfirmDialog
            open
            title
            confirm=text::RETIRE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::RETIRE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
