//! `/Staff/SignIn`

use latchkey_shared::{api::session::Session, text::access as text};
use leptos::prelude::*;

use crate::{
    frame::SignInForm,
    hooks::use_title,
    routes::{next_or, redirect},
    session::{Side, use_session},
    shell::QuietPage,
};

/// Signs staff in and leads to where they wanted to go.
#[component]
pub fn SignInPage() -> impl IntoView {
    let session = use_session();
    use_title(|| text::SIGN_IN_TITLE.to_owned());
    let signed_in = Memo::new(move |_| session.is_staff());
    let email = RwSignal::new(String::new());
    let done = Callback::from(move |answer: Session| session.set(answer));
    let below = || {
        view! {
            <p>
                <a href="/Portal/SignIn">{text::CUSTOMER_LINK}</a>
            </p>
        }
    };
    move || {
        if signed_in.get() {
            return redirect(next_or("/Dashboard"));
        }
        view! {
            <QuietPage title=text::SIGN_IN_TITLE below=below>
                <SignInForm side=Side::Staff email on_done=done />
            </QuietPage>
        }
        .into_any()
    }
}
