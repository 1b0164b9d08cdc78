//! Name and role of somebody.

use latchkey_shared::{
    api::staff::{EditStaff, StaffMember, StaffState},
    permission::Role,
    text::people as text,
};
use leptos::prelude::*;

use super::words;
use crate::{
    api::{check, staff, use_sender},
    components::{ChoiceCards, Dialog, Form, FormErrors, TextField, use_toasts},
    pages::staff::{save_row::DialogSaveRow, show::open_while},
};

/// Open while `changing` holds somebody. The own role cannot be changed.
#[component]
pub fn ChangeDialog(
    changing: RwSignal<Option<StaffMember>>,
    own: i64,
    on_done: Callback<(StaffMember,)>,
) -> impl IntoView {
    let open = open_while(changing);
    let title = Signal::derive(move || {
        changing.get().map(|member| text::change_title(&member.name)).unwrap_or_default()
    });
    view! {
        <Dialog open title>
            {changing.get_untracked().map(|member| view! { <Change member own open on_done /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Change(
    member: StaffMember,
    own: i64,
    open: RwSignal<bool>,
    on_done: Callback<(StaffMember,)>,
) -> impl IntoView {
    let name = RwSignal::new(member.name.clone());
    let role = RwSignal::new(member.role.as_str().to_owned());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let (id, own_role) = (member.id, member.role);
    let submit = move || {
        let form = EditStaff {
            name: name.get_untracked(),
            role: role.with_untracked(|role| Role::parse(role)).unwrap_or(own_role),
            disabled: member.state == StaffState::Disabled,
        };
        if check(&form, errors) {
            sender.submit(errors, staff::edit(id, &form), move |member| {
                open.set(false);
                toasts.good(text::saved(&member.name));
                on_done.run((member,));
            });
        }
    };
    let roles = if id.0 == own {
        view! { <p class="muted">{words::role(own_role)} ". " {text::YOURSELF}</p> }.into_any()
    } else {
        view! { <ChoiceCards name="role" label=text::ROLE value=role options=words::roles() /> }.into_any()
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::NAME value=name autocomplete="off" max_length=100 required=true />
            {roles}
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}
