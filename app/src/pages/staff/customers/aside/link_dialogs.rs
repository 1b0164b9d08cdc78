//! Questions before a link stops working.

use latchkey_shared::{api::customers::Customer, text::customers as text};
use leptos::prelude::*;

use super::association::{Asking, put};
use crate::{
    api::{self, Load, Shown, use_sender},
    components::{ConfirmDialog, use_toasts},
    hooks::use_effect,
};

pub fn link_dialogs(customer: Load<Customer>, shown: Shown<Customer>, asking: Asking) -> AnyView {
    let Asking { renew, revoke } = asking;
    let sending = use_sender();
    let toasts = use_toasts();
    let id = move || shown.with_untracked(|shown| shown.id);
    let on_renew = move || {
        sending.confirm(api::customers::renew_association(id()), move |link| {
            put(customer, link);
            renew.set(false);
            toasts.good(text::LINK_RENEWED);
        });
    };
    let on_revoke = move || {
        sending.confirm(api::customers::revoke_association(id()), move |link| {
            put(customer, link);
            revoke.set(false);
            toasts.good(text::LINK_REVOKED_DONE);
        });
    };
    use_effect(move || {
        if renew.get() || revoke.get() {
            sending.forget();
        }
    });
    view! {
        <ConfirmDialog
            open=renew
            title=Signal::derive(move || shown.with(|shown| text::renew_question(&shown.name)))
            confirm=text::LINK_RENEW
            on_confirm=on_renew
            busy=sending.busy()
            problem=sending.problem()
        >
            <p>{text::LINK_RENEW_TEXT}</p>
        </ConfirmDialog>
        <ConfirmDialog
            open=revoke
            title=Signal::derive(move || shown.with(|shown| text::revoke_question(&shown.name)))
            confirm=text::LINK_REVOKE
            on_confirm=on_revoke
            busy=sending.busy()
            problem=sending.problem()
        >
            <p>{text::LINK_REVOKE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
