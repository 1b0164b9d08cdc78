//! Making a pair.

use latchkey_shared::{
    api::signing::{AddSigningKey, SigningKeys},
    text::signing as text,
};
use leptos::prelude::*;

use crate::{
    api::{check, signing, use_sender},
    components::{Button, ButtonRow, CancelButton, Dialog, Form, FormErrors, Look, TextField},
};

#[component]
pub fn MakeDialog(open: RwSignal<bool>, done: Callback<(SigningKeys, &'static str)>) -> impl IntoView {
    view! {
        <Dialog open title=text::NEW_TITLE>
            <MakeForm open done />
        </Dialog>
    }
}

#[component]
fn MakeForm(open: RwSignal<bool>, done: Callback<(SigningKeys, &'static str)>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let form = AddSigningKey { name: name.get_untracked() };
        if check(&form, errors) {
            sender.submit(errors, signing::add(&form), move |found| {
                open.set(false);
                done.run((found, text::CREATED));
            });
        }
    };
    view! {
        <p class="muted">{text::NEW_TEXT}</p>
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::NAME value=name help=text::NAME_HELP autocomplete="off" max_length=100 required=true />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::CREATE}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
