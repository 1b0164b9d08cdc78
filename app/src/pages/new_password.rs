//! Choosing a password, for staff and customers alike.

use latchkey_shared::{password, text::access as words};
use leptos::prelude::*;

use crate::components::{FormErrors, PasswordField, Strength};

/// A new password with its strength in words.
#[component]
pub fn NewPasswordField(
    label: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let strength = MaybeProp::derive(move || {
        let estimate = value.with(|password| password::estimate(password));
        Some(Strength { level: estimate.steps(), words: estimate.word().to_owned() })
    });
    view! { <PasswordField name="password" label value new_password=true strength help=words::PASSWORD_HELP autofocus /> }
}

/// Says at the field `password` what is wrong with it, if anything.
pub fn check_password(password: &str, email: &str, company: &str, errors: FormErrors) {
    if let Err(problem) = password::check(password, email, company) {
        errors.set("password", problem.to_string());
    }
}
