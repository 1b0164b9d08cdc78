//! The one page for links that do not work, whatever the reason.

use latchkey_shared::text::access as text;
use leptos::prelude::*;

use crate::{
    components::{ButtonLink, Look},
    hooks::use_title,
    shell::QuietPage,
};

/// Says that the link cannot be used, and where to go instead.
pub fn unusable() -> AnyView {
    use_title(|| text::LINK_UNUSABLE_TITLE.to_owned());
    view! {
        <QuietPage title=text::LINK_UNUSABLE_TITLE>
            <p>{text::LINK_UNUSABLE}</p>
            <ButtonLink href="/Staff/SignIn" look=Look::Primary>
                {text::BACK_TO_SIGN_IN}
            </ButtonLink>
        </QuietPage>
    }
    .into_any()
}
