//! Signing in to the portal.

use latchkey_shared::{api::session::Session, text::portal::entry as words};
use leptos::prelude::*;

use super::quiet::{VendorPage, vendor_name};
use crate::{
    frame::SignInForm,
    routes::{next_or, redirect},
    session::{Side, use_session},
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
                <SignInForm side=Side::Portal email on_done=done />
            </VendorPage>
        }
        .into_any()
    };
    view! { {body} }.into_any()
}
