//! A new key in the place of one that got into the wrong hands.

use latchkey_shared::{api::keys::ReissueKey, text::keys as text};
use leptos::prelude::*;

use super::{edit::KeyEditor, rows::address};
use crate::{
    api::{keys, use_sender},
    components::{Button, Choice, ConfirmDialog, Glyph, SelectField},
    routes::use_go,
};

#[component]
pub fn ReissueButton(editor: KeyEditor) -> impl IntoView {
    let sender = use_sender();
    let go = use_go();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let machines = RwSignal::new(String::new());
    let row = editor.data.get_untracked().row;
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    let confirm = move || {
        let machines = match machines.get_untracked().as_str() {
            "keep" => Some(true),
            "anew" => Some(false),
            _ => None,
        };
        let form = ReissueKey { reason: reason.get_untracked().trim().to_owned(), machines };
        sender.confirm(keys::reissue(row.global_id, &form), move |new| {
            open.set(false);
            editor.say(text::REISSUED.to_owned());
            go.run((address(new.row.global_id.0),));
        });
    };
    let ways = vec![Choice::new("keep", text::REISSUE_KEEP), Choice::new("anew", text::REISSUE_ANEW)];
    let ways = StoredValue::new(ways);
    view! {
        <Button icon=Glyph::Attention on_press=ask>
            {text::REISSUE}
        </Button>
        <ConfirmDialog
            open
            title=text::reissue_question(&row.key)
            confirm=text::REISSUE_CONFIRM
            on_confirm=confirm
            reason
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REISSUE_TEXT}</p>
            <SelectField
                name="machines"
                label=text::REISSUE_MACHINES
                value=machines
                options=Signal::stored(ways.get_value())
                placeholder=text::REISSUE_AS_SET
            />
        </ConfirmDialog>
    }
}
