//! The own name.

use latchkey_shared::{
    api::{auth::RenameSelf, portal::Account},
    text::portal::account as words,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, check, use_sender},
    components::{Button, ButtonRow, Card, Form, FormErrors, TextField, use_toasts},
    session::use_session,
};

pub fn card(account: Load<Account>, shown: Shown<Account>) -> AnyView {
    let name = RwSignal::new(shown.with_untracked(|account| account.name.clone()));
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let session = use_session();
    let submit = move || {
        let form = RenameSelf { name: name.get_untracked().trim().to_owned() };
        if check(&form, errors) {
            sender.submit(errors, api::portal::rename(&form), move |changed| {
                account.set(changed);
                session.refresh();
                toasts.good(words::NAME_SAVED);
            });
        }
    };
    view! {
        <Card title=words::DETAILS>
            <Form errors busy=sender.busy() on_submit=submit>
                <TextField name="name" label=words::NAME value=name autocomplete="name" max_length=100 required=true />
                <ButtonRow>
                    <Button submit=true busy=sender.busy()>
                        {words::SAVE_NAME}
                    </Button>
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}
