//! Asks before a token is revoked.

use latchkey_shared::{api::tokens::Token, text::tokens as text};
use leptos::prelude::*;

use crate::{
    api::{tokens, use_sender},
    components::{ConfirmDialog, use_toasts},
    hooks::use_effect,
    pages::staff::show::open_while,
};

/// Open while `revoking` holds a token.
#[component]
pub fn RevokeDialog(revoking: RwSignal<Option<Token>>, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let open = open_while(revoking);
    let sender = use_sender();
    let toasts = use_toasts();
    use_effect(move || {
        if revoking.with(Option::is_some) {
            sender.forget();
        }
    });
    let name =
        move || revoking.with(|token| token.as_ref().map(|token| token.name.clone()).unwrap_or_default());
    let confirm = move || {
        let Some(token) = revoking.get_untracked() else { return };
        sender.confirm(tokens::revoke(token.id), move |()| {
            open.set(false);
            toasts.good(text::revoked(&token.name));
            on_done.run(());
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::revoke_question(&name()))
            confirm=text::REVOKE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REVOKE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
