//! An address that is no page.

use leptos::prelude::*;

use super::QuietPage;
use crate::{
    components::{ButtonLink, Look, words},
    hooks::use_title,
};

/// The page for an unknown address.
#[component]
pub fn NotFound() -> impl IntoView {
    use_title(|| words::NOT_FOUND_TITLE.to_owned());
    view! {
        <QuietPage title=words::NOT_FOUND_TITLE>
            <p>{words::NOT_FOUND_BODY}</p>
            <ButtonLink href="/" look=Look::Primary>
                {words::BACK}
            </ButtonLink>
        </QuietPage>
    }
}
