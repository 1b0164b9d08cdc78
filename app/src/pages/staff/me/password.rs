//! Changing one's own password.

use latchkey_shared::{api::auth::ChangePassword, text::me as text};
use leptos::prelude::*;

use crate::{
    api::{self, check, use_sender},
    components::{Button, Card, Form, FormErrors, PasswordField, use_toasts},
    pages::new_password::NewPasswordField,
};

pub fn password() -> AnyView {
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move || {
        let form = ChangePassword { current: current.get_untracked(), password: new.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, api::me::change_password(&form), move |()| {
                current.set(String::new());
                new.set(String::new());
                toasts.good(text::CHANGED);
            });
        }
    };
    view! {
        <Card title=text::PASSWORD_TITLE>
            <Form errors on_submit=submit busy=sending.busy()>
                <PasswordField name="current" label=text::CURRENT value=current />
                <NewPasswordField label=text::NEW value=new />
                <Button submit=true busy=sending.busy()>
                    {text::CHANGE}
                </Button>
            </Form>
        </Card>
    }
    .into_any()
}
