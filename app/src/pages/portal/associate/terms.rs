//! The vendor's terms of use in a form.

use latchkey_shared::{api::terms::Terms, text::portal::join as words};
use leptos::prelude::*;

use crate::components::{CheckboxField, FormErrors, OutLink};

/// A box that is never ticked for anybody, with the terms behind a link that leaves what was typed alone.
#[component]
pub fn TermsBox(terms: Option<Terms>, accepted: RwSignal<bool>) -> impl IntoView {
    terms.map(|terms| {
        view! {
            <CheckboxField name="accept" value=accepted required=true>
                {words::ACCEPT_BEFORE}
                <OutLink href=terms.url>{words::ACCEPT_LINK}</OutLink>
                {words::ACCEPT_AFTER}
            </CheckboxField>
        }
    })
}

/// Says at the box that it must be ticked, if there is one and it is not.
pub fn check_terms(terms: Option<&Terms>, accepted: RwSignal<bool>, errors: FormErrors) {
    if terms.is_some() && !accepted.get_untracked() {
        errors.set("accept", words::TICK_TERMS);
    }
}
