//! Asking for a link to choose a new password.

use latchkey_shared::{api::auth::ResetRequest, text::portal::entry as words};
use leptos::prelude::*;

use super::quiet::{HEADING, VendorPage, focus_soon};
use crate::{
    api::{self, check, use_sender},
    components::{Button, Form, FormErrors, Look, TextField, TextKind},
};

/// `/Portal/Forgot`. Says the same for known and unknown addresses.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let sent = RwSignal::new(false);
    let email = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let submit = move || {
        let form = ResetRequest { email: email.get_untracked().trim().to_owned() };
        if check(&form, errors) {
            sender.submit(errors, api::portal_access::ask_reset(&form), move |()| {
                sent.set(true);
                focus_soon(HEADING);
            });
        }
    };
    let title = move || if sent.get() { words::FORGOT_SENT_TITLE } else { words::FORGOT_TITLE };
    let body = move || {
        if sent.get() {
            return view! { <p>{words::forgot_sent(email.get_untracked().trim())}</p> }.into_any();
        }
        view! {
            <p>{words::FORGOT_INTRO}</p>
            <Form errors busy=sender.busy() on_submit=submit>
                <TextField
                    name="email"
                    label=words::EMAIL
                    value=email
                    kind=TextKind::Email
                    autocomplete="username"
                    required=true
                />
                <Button look=Look::Primary submit=true busy=sender.busy()>
                    {words::FORGOT_SEND}
                </Button>
            </Form>
        }
        .into_any()
    };
    view! {
        <VendorPage title=Signal::derive(move || title().to_owned()) below=back>
            {body}
        </VendorPage>
    }
    .into_any()
}

/// The way back from what only some need.
pub fn back() -> AnyView {
    view! {
        <p>
            <a href="/Portal/SignIn">{words::BACK_TO_SIGN_IN}</a>
        </p>
    }
    .into_any()
}
