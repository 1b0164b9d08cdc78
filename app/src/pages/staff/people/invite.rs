//! Inviting someone.

use latchkey_shared::{
    api::staff::{InviteStaff, StaffInvited},
    permission::Role,
    text::people as text,
};
use leptos::prelude::*;

use super::words;
use crate::{
    api::{check, staff, use_sender},
    components::{
        Button, ButtonRow, CancelButton, ChoiceCards, Dialog, Form, FormErrors, Look, TextField, TextKind,
    },
};

#[component]
pub fn InviteDialog(open: RwSignal<bool>, on_done: Callback<(StaffInvited,)>) -> impl IntoView {
    view! {
        <Dialog open title=text::INVITE_TITLE>
            <Invite open on_done />
        </Dialog>
    }
}

#[component]
fn Invite(open: RwSignal<bool>, on_done: Callback<(StaffInvited,)>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Support.as_str().to_owned());
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let form = InviteStaff {
            name: name.get_untracked(),
            email: email.get_untracked(),
            role: role.with_untracked(|role| Role::parse(role)).unwrap_or(Role::Viewer),
        };
        if check(&form, errors) {
            sender.submit(errors, staff::invite(&form), move |invited| {
                open.set(false);
                on_done.run((invited,));
            });
        }
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::NAME value=name autocomplete="off" max_length=100 required=true autofocus=true />
            <TextField name="email" label=text::EMAIL value=email kind=TextKind::Email autocomplete="off" required=true />
            <ChoiceCards name="role" label=text::ROLE value=role options=words::roles() />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::INVITE_SEND}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
