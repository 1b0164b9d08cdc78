//! Blocking a key and lifting the block.

use latchkey_shared::{
    api::keys::BlockKey,
    status::{BlockSource, KeyStatus},
    text::keys as text,
};
use leptos::prelude::*;

use super::edit::KeyEditor;
use crate::{
    api::{keys, use_sender},
    components::{Button, ConfirmDialog, Glyph},
};

#[component]
pub fn BlockButton(editor: KeyEditor) -> impl IntoView {
    let data = editor.data;
    let sender = use_sender();
    let open = RwSignal::new(false);
    let blocked = Memo::new(move |_| data.with(|key| key.row.status == KeyStatus::Blocked));
    let by_billing =
        move || data.with(|key| key.block_source.as_deref() == Some(BlockSource::Billing.as_str()));
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    let word = move || if blocked.get() { text::UNBLOCK } else { text::BLOCK };
    view! {
        <Button icon=Glyph::Lock on_press=ask>
            {word}
        </Button>
        // One dialog for each direction, since only blocking asks for a reason.
        {move || {
            if blocked.get() {
                let text = if by_billing() { text::UNBLOCK_BILLING } else { text::UNBLOCK_TEXT };
                view! { <Ask editor sender open block=false text /> }.into_any()
            } else {
                view! { <Ask editor sender open block=true text=text::BLOCK_TEXT /> }.into_any()
            }
        }}
    }
}

#[component]
fn Ask(
    editor: KeyEditor,
    sender: crate::api::Sender,
    open: RwSignal<bool>,
    block: bool,
    text: &'static str,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let row = editor.data.get_untracked().row;
    let key_text = StoredValue::new(row.key.clone());
    let confirm = move || {
        let form = BlockKey { blocked: block, reason: reason.get_untracked().trim().to_owned() };
        sender.confirm(keys::block(row.global_id, &form), move |key| {
            open.set(false);
            let done = if block { text::blocked } else { text::unblocked };
            editor.say(key_text.with_value(|key| done(key)));
            editor.show(key);
        });
    };
    let (title, word) = if block {
        (text::block_question(&row.key), text::BLOCK_CONFIRM)
    } else {
        (text::unblock_question(&row.key), text::UNBLOCK_CONFIRM)
    };
    if block {
        view! {
            <ConfirmDialog open title confirm=word on_confirm=confirm reason busy=sender.busy() problem=sender.problem()>
                <p>{text}</p>
            </ConfirmDialog>
        }
        .into_any()
    } else {
        view! {
            <ConfirmDialog open title confirm=word on_confirm=confirm danger=false busy=sender.busy() problem=sender.problem()>
                <p>{text}</p>
            </ConfirmDialog>
        }
        .into_any()
    }
}
