//! `/Staff/SignIn`

use latchkey_shared::{api::auth::SignIn, text::access as text};
use leptos::prelude::*;

use crate::{
    api::{self, check, use_sender},
    components::{Button, Form, FormErrors, Look, PasswordField, TextField, TextKind},
    hooks::use_title,
    routes::{next_or, redirect},
    session::use_session,
    shell::QuietPage,
};

/// Signs staff in and leads to where they wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    use_title(|| text::SIGN_IN_TITLE.to_owned());
    let signed_in = Memo::new(move |_| session.is_staff());
    move || if signed_in.get() { redirect(next_or("/Dashboard")) } else { form() }
}

fn form() -> AnyView {
    let session = use_session();
    let errors = FormErrors::new();
    let sending = use_sender();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |()| {
        let form = SignIn { email: email.get_untracked(), password: password.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, api::staff_access::sign_in(&form), move |answer| session.set(answer));
        }
    };
    let below = || {
        view! {
            <p>
                <a href="/Staff/Forgot">{text::FORGOT_LINK}</a>
            </p>
            <p>
                <a href="/Portal/SignIn">{text::CUSTOMER_LINK}</a>
            </p>
        }
    };
    view! {
        <QuietPage title=text::SIGN_IN_TITLE below=below>
            <Form errors on_submit=Callback::from(move || submit(())) busy=sending.busy()>
                <TextField
                    name="email"
                    label=text::EMAIL
                    value=email
                    kind=TextKind::Email
                    autocomplete="username"
                    required=true
                    autofocus=true
                />
                <PasswordField name="password" label=text::PASSWORD value=password />
                <Button submit=true look=Look::Primary busy=sending.busy()>
                    {text::SIGN_IN}
                </Button>
            </Form>
        </QuietPage>
    }
    .into_any()
}
