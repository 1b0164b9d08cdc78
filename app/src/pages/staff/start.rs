//! The address without a path, and old addresses that lead elsewhere.

use latchkey_shared::text::access as text;
use leptos::prelude::*;

use crate::{hooks::use_title, routes::redirect, session::use_session, shell::QuietPage};

/// `/`: to where this person's work is.
#[component]
pub fn StartPage() -> AnyView {
    let session = use_session();
    let to = untrack(|| match () {
        () if session.is_staff() => Some("/Dashboard"),
        () if session.is_portal() => Some("/Portal"),
        () if session.setup_required() => None,
        () => Some("/Staff/SignIn"),
    });
    match to {
        Some(to) => redirect(to.to_owned()),
        None => setup(),
    }
}

/// `/Customer`, as it is known from elsewhere.
pub fn to_customers() -> AnyView {
    redirect("/Customers".to_owned())
}

fn setup() -> AnyView {
    use_title(|| text::SETUP_TITLE.to_owned());
    view! {
        <QuietPage title=text::SETUP_TITLE>
            <p>{text::SETUP_TEXT}</p>
            <p>{text::SETUP_AGAIN}</p>
        </QuietPage>
    }
    .into_any()
}
