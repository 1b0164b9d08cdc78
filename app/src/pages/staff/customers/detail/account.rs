//! Disabling and enabling a customer's access.

use latchkey_shared::{
    api::customers::{Customer, SetAccount},
    status::AccountStatus,
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, use_sender},
    components::{ConfirmDialog, use_toasts},
    hooks::use_effect,
};

/// Asks before disabling, with a reason for the history; enabling is done at once.
pub fn account_dialog(asking: RwSignal<bool>, customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let sending = use_sender();
    let toasts = use_toasts();
    let reason = RwSignal::new(String::new());
    let confirming = RwSignal::new(false);
    let send = move |disabled: bool| {
        let form = SetAccount { disabled, reason: reason.get_untracked() };
        let call = api::customers::set_account(shown.with_untracked(|shown| shown.id), &form);
        let done = move |answer: Customer| {
            customer.set(answer);
            confirming.set(false);
            toasts.good(if disabled { text::DISABLED } else { text::ENABLED });
        };
        if disabled {
            sending.confirm(call, done);
        } else {
            sending.press(call, done);
        }
    };
    use_effect(move || {
        if asking.get() {
            asking.set(false);
            reason.set(String::new());
            sending.forget();
            if shown.with_untracked(|shown| shown.account == AccountStatus::Disabled) {
                send(false);
            } else {
                confirming.set(true);
            }
        }
    });
    view! {
        <ConfirmDialog
            open=confirming
            title=Signal::derive(move || shown.with(|shown| text::disable_question(&shown.name)))
            confirm=text::DISABLE_CONFIRM
            on_confirm=move || send(true)
            reason
            busy=sending.busy()
            problem=sending.problem()
        >
            <p>{text::DISABLE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
