//! The terms have changed: accept them, or sign out.

use latchkey_shared::{
    api::terms::{AcceptTerms, Terms},
    error::code,
    text::portal::{self as portal, entry as words},
};
use leptos::prelude::*;

use super::quiet::{VendorPage, vendor_name};
use crate::{
    api::{self, Problem, use_sender},
    components::{Button, CheckboxField, Form, FormErrors, Look, OutLink, use_toasts},
    frame::signed_in_to_portal,
    routes::{next_or, redirect},
    session::{SessionState, use_session},
};

/// `/Portal/Terms`. Once nothing is left to accept it leads on to where the person was going.
#[component]
pub fn TermsPage() -> impl IntoView {
    signed_in_to_portal(|| {
        let session = use_session();
        let asked = Memo::new(move |_| session.portal().and_then(|portal| portal.terms_required));
        let body = move || match asked.get() {
            None => redirect(next_or("/Portal")),
            Some(terms) => ask(terms),
        };
        view! { {body} }.into_any()
    })
}

fn ask(terms: Terms) -> AnyView {
    let session = use_session();
    let toasts = use_toasts();
    let errors = FormErrors::new();
    let (accepting, leaving) = (use_sender(), use_sender());
    let accepted = RwSignal::new(false);
    let shown = StoredValue::new(AcceptTerms { url: terms.url.clone(), version: terms.version.clone() });
    let submit = move || {
        if !accepted.get_untracked() {
            errors.set("accept", words::TERMS_TICK);
        }
        if !errors.settle() {
            return;
        }
        accepting.send(api::portal_access::accept_terms(&shown.get_value()), move |answer| match answer {
            Ok(answer) => {
                toasts.good(words::TERMS_THANKS);
                session.set(answer);
            }
            Err(Problem::Conflict(error)) if error.code == code::TERMS_CHANGED => {
                toasts.notice(words::TERMS_MOVED);
                accepted.set(false);
                session.refresh();
            }
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let sign_out = move || {
        leaving.press(api::portal_access::sign_out(), |()| SessionState::leave("/Portal/SignIn"));
    };
    let changed = words::terms_changed(&vendor_name(), &terms.version);
    view! {
        <VendorPage title=words::TERMS_TITLE>
            <p>{changed}</p>
            <p>
                <OutLink href=terms.url>{words::TERMS_READ}</OutLink>
            </p>
            <Form errors busy=accepting.busy() on_submit=submit>
                <CheckboxField name="accept" value=accepted required=true>
                    {words::TERMS_ACCEPT}
                </CheckboxField>
                <Button look=Look::Primary submit=true busy=accepting.busy()>
                    {words::TERMS_CONTINUE}
                </Button>
            </Form>
            <p class="muted">{words::TERMS_OR}</p>
            <Button look=Look::Quiet busy=leaving.busy() on_press=sign_out>
                {portal::SIGN_OUT}
            </Button>
        </VendorPage>
    }
    .into_any()
}
