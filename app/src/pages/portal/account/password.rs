//! A new password.

use latchkey_shared::{api::auth::ChangePassword, text::portal::account as words};
use leptos::prelude::*;

use crate::{
    api::{self, use_sender},
    components::{Button, ButtonRow, Card, Form, FormErrors, PasswordField, use_toasts},
    pages::new_password::{NewPasswordField, check_password},
    session::use_session,
};

pub fn card() -> AnyView {
    let current = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let session = use_session();
    let submit = move || {
        let form = ChangePassword { current: current.get_untracked(), password: password.get_untracked() };
        if form.current.is_empty() {
            errors.set("current", words::ENTER_CURRENT);
        }
        let email = session.portal().map(|portal| portal.email).unwrap_or_default();
        check_password(&form.password, &email, "", errors);
        if errors.settle() {
            sender.submit(errors, api::portal::change_password(&form), move |()| {
                current.set(String::new());
                password.set(String::new());
                toasts.good(words::PASSWORD_SAVED);
            });
        }
    };
    view! {
        <Card title=words::PASSWORD>
            <Form errors busy=sender.busy() on_submit=submit>
                <PasswordField name="current" label=words::CURRENT_PASSWORD value=current />
                <NewPasswordField label=words::NEW_PASSWORD value=password />
                <ButtonRow>
                    <Button submit=true busy=sender.busy()>
                        {words::SAVE_PASSWORD}
                    </Button>
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}
