//! The form to sign in with, on the pages that are for it and over a page whose session has ended.

use latchkey_shared::{
    api::{auth::SignIn, session::Session},
    text::{connection, portal::entry as words},
};
use leptos::prelude::*;

use crate::{
    api::{self, check, use_sender},
    components::{Button, Dialog, Form, FormErrors, Look, PasswordField, TextField, TextKind},
    session::{Side, use_session},
};

/// E-mail and password, and the way to a new password. `on_done` gets the session of the person now signed in.
#[component]
pub fn SignInForm(side: Side, email: RwSignal<String>, on_done: Callback<(Session,)>) -> AnyView {
    let password = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let (sign_in, forgot): (fn(&SignIn) -> _, _) = match side {
        Side::Staff => (api::staff_access::sign_in, "/Staff/Forgot"),
        Side::Portal => (api::portal_access::sign_in, "/Portal/Forgot"),
    };
    let submit = move || {
        let form =
            SignIn { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        check(&form, errors);
        if form.password.is_empty() {
            errors.set("password", words::ENTER_PASSWORD);
        }
        if errors.settle() {
            sender.submit(errors, sign_in(&form), move |session| on_done.run((session,)));
        }
    };
    let known = email.with_untracked(|email| !email.is_empty());
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField
                name="email"
                label=words::EMAIL
                value=email
                kind=TextKind::Email
                autocomplete="username"
                required=true
                autofocus=!known && side == Side::Staff
            />
            <PasswordField name="password" label=words::PASSWORD value=password autofocus=known />
            <Button look=Look::Primary submit=true busy=sender.busy()>
                {words::SIGN_IN}
            </Button>
        </Form>
        <p class="quiet-link">
            <a href=forgot>{words::FORGOT_LINK}</a>
        </p>
    }
    .into_any()
}

/// Asks, over a page whose session has ended, to sign in again. Dismissed, it comes back with the next refusal.
#[component]
pub fn SignInAgain(side: Side) -> AnyView {
    let session = use_session();
    let done = Callback::from(move |answer: Session| session.go_on(side, answer));
    view! {
        <Dialog open=session.ended(side) title=connection::SIGN_IN_AGAIN>
            <p>{connection::SIGNED_OUT}</p>
            <SignInForm side email=RwSignal::new(untrack(|| session.email(side))) on_done=done />
        </Dialog>
    }
    .into_any()
}
