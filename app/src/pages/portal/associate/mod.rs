//! Somebody opens a sign-up link or an association link.

mod attach;
mod join;
mod terms;
mod visit;

use latchkey_shared::{
    api::{auth::ProofStarted, links::LinkCode, session::Session},
    text::portal::join as words,
};
use leptos::prelude::*;

use super::{
    digits::DigitsForm,
    quiet::{VendorPage, unusable},
};
use crate::{
    components::{Banner, ErrorState, FormErrors, Spinner, Tone},
    frame::SignInForm,
    routes::{redirect, take_query, use_param},
    session::Side,
};
use visit::{Stage, Visit};

/// `/Portal/@{domain}/Associate?id=…&auth=…` or `?vid=…&auth=…`. The code leaves the address bar before anything else
/// happens, and opening the page changes nothing at the server.
#[component]
pub fn AssociatePage() -> impl IntoView {
    let Some(link) = read_link(use_param("domain").get_untracked().unwrap_or_default()) else {
        return unusable();
    };
    let visit = Visit::new(link);
    visit.open();
    let body = move || match visit.stage.get() {
        Stage::Opening => view! {
            <VendorPage title=words::OPENING>
                <Spinner label=words::OPENING />
            </VendorPage>
        }
        .into_any(),
        Stage::Unusable => unusable(),
        Stage::Failed(problem) => view! {
            <VendorPage title=words::OPENING>
                <ErrorState problem=problem.into() on_retry=move || visit.open() />
            </VendorPage>
        }
        .into_any(),
        Stage::Inside => redirect("/Portal".to_owned()),
        Stage::Join(invitation) => join::join(visit, invitation),
        Stage::SignIn { known } => sign_in(visit, known),
        Stage::Attach(invitation) => attach::attach(visit, invitation),
        Stage::Prove(proof) => prove(visit, proof),
    };
    view! { {body} }.into_any()
}

/// The parts of the link; `None` when it cannot be a whole one.
fn read_link(domain: String) -> Option<LinkCode> {
    let query = take_query()?;
    let number = |name| query.get(name).and_then(|text| text.parse().ok());
    let auth = query.get("auth").filter(|code| !code.is_empty())?;
    let (id, vid) = (number("id"), number("vid"));
    (id.is_some() != vid.is_some()).then_some(LinkCode { domain, id, vid, auth })
}

/// `known`: an account was to be made for an address that has one.
fn sign_in(visit: Visit, known: bool) -> AnyView {
    let done = Callback::from(move |session: Session| {
        visit.session.set(session);
        visit.open();
    });
    view! {
        <VendorPage
            title=words::SIGN_IN_TITLE
            below=move || {
                view! {
                    <p>
                        {words::NO_ACCOUNT} " "
                        <button type="button" class="link-button" on:click=move |_| visit.open()>
                            {words::NO_ACCOUNT_CREATE}
                        </button>
                    </p>
                }
            }
        >
            {known.then(|| view! { <Banner tone=Tone::Notice title=words::SIGN_IN_INSTEAD alert=true /> })}
            <p>{words::SIGN_IN_INTRO}</p>
            <SignInForm side=Side::Portal email=visit.form.email on_done=done />
        </VendorPage>
    }
    .into_any()
}

fn prove(visit: Visit, proof: ProofStarted) -> AnyView {
    let proof = RwSignal::new(proof);
    let errors = FormErrors::new();
    view! {
        <VendorPage title=words::PROVE_TITLE>
            <DigitsForm
                proof=proof.into()
                errors
                busy=visit.sender.busy()
                on_digits=Callback::from(move |code: String| visit.prove(proof, code, errors))
                on_again=Callback::from(move || visit.prove_again(proof, errors))
                on_change=Callback::from(move || visit.back_to_form())
            />
        </VendorPage>
    }
    .into_any()
}
