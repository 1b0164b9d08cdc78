//! `/Staff/Forgot`

use latchkey_shared::{api::auth::ResetRequest, text::access as text};
use leptos::prelude::*;

use crate::{
    api::{self, check, use_sender},
    components::{Button, ButtonLink, Form, FormErrors, Look, TextField, TextKind},
    hooks::use_title,
    shell::QuietPage,
};

/// Asks for a reset link. What it says does not tell whether the address is known.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let sent = RwSignal::new(false);
    use_title(move || title(sent.get()).to_owned());
    let body = move || if sent.get() { done() } else { form(sent) };
    view! { <QuietPage title=Signal::derive(move || title(sent.get()).to_owned())>{body}</QuietPage> }
}

const fn title(sent: bool) -> &'static str {
    if sent { text::FORGOT_SENT_TITLE } else { text::FORGOT_TITLE }
}

fn form(sent: RwSignal<bool>) -> AnyView {
    let errors = FormErrors::new();
    let sending = use_sender();
    let email = RwSignal::new(String::new());
    let submit = move || {
        let form = ResetRequest { email: email.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, api::staff_access::ask_reset(&form), move |()| sent.set(true));
        }
    };
    view! {
        <p>{text::FORGOT_TEXT}</p>
        <Form errors on_submit=submit busy=sending.busy()>
            <TextField
                name="email"
                label=text::EMAIL
                value=email
                kind=TextKind::Email
                autocomplete="username"
                required=true
                autofocus=true
            />
            <Button submit=true look=Look::Primary busy=sending.busy()>
                {text::FORGOT_SEND}
            </Button>
        </Form>
        <p class="quiet-link">
            <a href="/Staff/SignIn">{text::BACK_TO_SIGN_IN}</a>
        </p>
    }
    .into_any()
}

fn done() -> AnyView {
    view! {
        <p role="status">{text::FORGOT_SENT}</p>
        <ButtonLink href="/Staff/SignIn">{text::BACK_TO_SIGN_IN}</ButtonLink>
    }
    .into_any()
}
