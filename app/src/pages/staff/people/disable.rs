//! Taking somebody's sign-in away.

use latchkey_shared::{
    api::staff::{EditStaff, StaffMember},
    text::people as text,
};
use leptos::prelude::*;

use crate::{
    api::{staff, use_sender},
    components::{ConfirmDialog, use_toasts},
    hooks::use_effect,
    pages::staff::show::open_while,
};

/// The same person, enabled or disabled.
pub fn with(member: &StaffMember, disabled: bool) -> EditStaff {
    EditStaff { name: member.name.clone(), role: member.role, disabled }
}

/// Open while `disabling` holds somebody.
#[component]
pub fn DisableDialog(
    disabling: RwSignal<Option<StaffMember>>,
    on_done: Callback<(StaffMember,)>,
) -> impl IntoView {
    let open = open_while(disabling);
    let sender = use_sender();
    let toasts = use_toasts();
    use_effect(move || {
        if disabling.with(Option::is_some) {
            sender.forget();
        }
    });
    let name = move || {
        disabling.with(|member| member.as_ref().map(|member| member.name.clone()).unwrap_or_default())
    };
    let confirm = move || {
        let Some(member) = disabling.get_untracked() else { return };
        sender.confirm(staff::edit(member.id, &with(&member, true)), move |member| {
            open.set(false);
            toasts.good(text::disabled(&member.name));
            on_done.run((member,));
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::disable_question(&name()))
            confirm=text::DISABLE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::DISABLE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
