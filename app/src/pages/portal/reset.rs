//! Choosing a new password by the link from the message.

use latchkey_shared::{api::auth::ResetConfirm, text::portal::entry as words};
use leptos::prelude::*;

use super::{
    forgot::back,
    quiet::{HEADING, VendorPage, focus_soon},
};
use crate::{
    api::{self, Problem, use_sender},
    components::{Button, ButtonLink, Form, FormErrors, Look, use_toasts},
    pages::new_password::{NewPasswordField, check_password},
    routes::{take_fragment, use_go},
};

/// `/Portal/Reset#CODE`.
#[component]
pub fn ResetPage() -> impl IntoView {
    let code = StoredValue::new(take_fragment());
    let usable = RwSignal::new(code.with_value(|code| !code.is_empty()));
    let password = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let submit = move || {
        let form = ResetConfirm { code: code.get_value(), password: password.get_untracked() };
        check_password(&form.password, "", "", errors);
        if !errors.settle() {
            return;
        }
        sender.send(api::portal_access::confirm_reset(&form), move |answer| match answer {
            Ok(()) => {
                toasts.good(words::RESET_DONE);
                go.run(("/Portal/SignIn".to_owned(),));
            }
            Err(problem) if is_about_the_code(&problem) => {
                usable.set(false);
                focus_soon(HEADING);
            }
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let title = move || if usable.get() { words::RESET_TITLE } else { words::RESET_UNUSABLE_TITLE };
    let body = move || {
        if !usable.get() {
            return view! {
                <p>{words::RESET_UNUSABLE}</p>
                <ButtonLink href="/Portal/Forgot" look=Look::Primary>
                    {words::RESET_AGAIN}
                </ButtonLink>
            }
            .into_any();
        }
        view! {
            <p>{words::RESET_INTRO}</p>
            <Form errors busy=sender.busy() on_submit=submit>
                <NewPasswordField label=words::NEW_PASSWORD value=password />
                <Button look=Look::Primary submit=true busy=sender.busy()>
                    {words::RESET_SAVE}
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

/// Whether the link is what is wrong, and not the password.
fn is_about_the_code(problem: &Problem) -> bool {
    match problem {
        Problem::NotFound(_) | Problem::Conflict(_) => true,
        Problem::Invalid(error) => error.fields.contains_key("code"),
        _ => false,
    }
}
