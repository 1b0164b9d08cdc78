//! `/Staff/Reset#CODE`

use latchkey_shared::{api::auth::ResetConfirm, text::access as text};
use leptos::prelude::*;

use super::unusable::unusable;
use crate::{
    api::{self, Problem, check, use_sender},
    components::{Button, Form, FormErrors, Look, use_toasts},
    hooks::use_title,
    pages::new_password::NewPasswordField,
    routes::{take_fragment, use_go},
    shell::QuietPage,
};

/// Takes the code from the message and a new password.
#[component]
pub fn ResetPage() -> impl IntoView {
    let code = RwSignal::new(take_fragment());
    let usable = Memo::new(move |_| code.with(|code| !code.is_empty()));
    move || if usable.get() { form(code) } else { unusable() }
}

fn form(code: RwSignal<String>) -> AnyView {
    use_title(|| text::RESET_TITLE.to_owned());
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let password = RwSignal::new(String::new());
    let answered = move |answer: Result<(), Problem>| match answer {
        Ok(()) => {
            toasts.good(text::RESET_DONE);
            go.run(("/Staff/SignIn".to_owned(),));
        }
        Err(Problem::NotFound(_)) => code.set(String::new()),
        Err(problem) => errors.fail(problem.into()),
    };
    let submit = move || {
        let form = ResetConfirm { code: code.get_untracked(), password: password.get_untracked() };
        if check(&form, errors) {
            sending.send(api::staff_access::confirm_reset(&form), answered);
        }
    };
    view! {
        <QuietPage title=text::RESET_TITLE>
            <p>{text::RESET_ELSEWHERE}</p>
            <Form errors on_submit=submit busy=sending.busy()>
                <NewPasswordField label=text::NEW_PASSWORD value=password autofocus=true />
                <Button submit=true look=Look::Primary busy=sending.busy()>
                    {text::RESET_SAVE}
                </Button>
            </Form>
        </QuietPage>
    }
    .into_any()
}
