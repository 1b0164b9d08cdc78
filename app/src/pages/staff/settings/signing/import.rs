//! Bringing a pair along.

use latchkey_shared::{
    api::signing::{ImportSigningKey, SigningKeys},
    text::signing as text,
};
use leptos::prelude::*;

use crate::{
    api::{check, signing, use_sender},
    components::{Button, ButtonRow, CancelButton, Dialog, Form, FormErrors, Look, TextAreaField, TextField},
};

#[component]
pub fn ImportDialog(open: RwSignal<bool>, done: Callback<(SigningKeys, &'static str)>) -> impl IntoView {
    view! {
        <Dialog open title=text::IMPORT_TITLE wide=true>
            <ImportForm open done />
        </Dialog>
    }
}

#[component]
fn ImportForm(open: RwSignal<bool>, done: Callback<(SigningKeys, &'static str)>) -> impl IntoView {
    let (name, private) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let form = ImportSigningKey { name: name.get_untracked(), private_pem: private.get_untracked() };
        if form.private_pem.trim().is_empty() {
            errors.set("private_pem", text::PRIVATE_MISSING);
        }
        if errors.settle() && check(&form, errors) {
            sender.submit(errors, signing::import(&form), move |found| {
                open.set(false);
                done.run((found, text::IMPORTED));
            });
        }
    };
    view! {
        <p class="muted">{text::IMPORT_TEXT}</p>
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::NAME value=name help=text::NAME_HELP autocomplete="off" max_length=100 required=true />
            <TextAreaField
                name="private_pem"
                label=text::PRIVATE
                value=private
                rows=8
                code=true
                help=text::PRIVATE_HELP
                max_length=10_000
                required=true
            />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::IMPORT_CONFIRM}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
