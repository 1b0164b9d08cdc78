//! Signing in to the portal.

use latchkey_shared::{
    api::{auth::SignIn, session::Session},
    text::portal::entry as words,
};
use leptos::prelude::*;

use super::quiet::{VendorPage, vendor_name};
use crate::{
    api::{self, check, use_sender},
    components::{Button, Form, FormErrors, Look, PasswordField, TextField, TextKind},
    routes::{next_or, redirect},
    session::use_session,
};

/// `/Portal/SignIn`. Afterwards to where the person was going.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    let signed_in = Memo::new(move |_| session.is_portal());
    let email = RwSignal::new(String::new());
    let done = Callback::from(move |answer: Session| session.set(answer));
    let body = move || {
        if signed_in.get() {
            return redirect(next_or("/Portal"));
        }
        view! {
            <VendorPage
                title=Signal::derive(|| words::sign_in_to(&vendor_name()))
                below=|| view! { <p>{words::NO_ACCOUNT}</p> }
            >
                <SignInForm email on_done=done />
            </VendorPage>
        }
        .into_any()
    };
    view! { {body} }.into_any()
}

/// E-mail and password, and the way to a new password. `on_done` gets the session of the person now signed in.
#[component]
pub fn SignInForm(email: RwSignal<String>, on_done: Callback<(Session,)>) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let form =
            SignIn { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        check(&form, errors);
        if form.password.is_empty() {
            errors.set("password", words::ENTER_PASSWORD);
        }
        if errors.settle() {
            sender.submit(errors, api::portal_access::sign_in(&form), move |session| on_done.run((session,)));
        }
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField
                name="email"
                label=words::EMAIL
                value=email
                kind=TextKind::Email
                autocomplete="username"
                required=true
            />
            <PasswordField name="password" label=words::PASSWORD value=password />
            <Button look=Look::Primary submit=true busy=sender.busy()>
                {words::SIGN_IN}
            </Button>
        </Form>
        <p class="quiet-link">
            <a href="/Portal/Forgot">{words::FORGOT_LINK}</a>
        </p>
    }
}
