//! What the key may not do.

use latchkey_shared::{api::stripe::MissingPermission, text::stripe as text};
use leptos::prelude::*;

use crate::components::{Banner, Tone};

/// Names what is missing; nothing when all is there.
pub fn missing(missing: &[MissingPermission]) -> AnyView {
    if missing.is_empty() {
        return ().into_any();
    }
    let draw = |permission: &MissingPermission| {
        view! {
            <li>
                <strong>{permission.name.clone()}</strong>
                " " {text::FOR} " " {permission.needed_for.clone()}
            </li>
        }
    };
    let list = missing.iter().map(draw).collect_view();
    view! {
        <Banner tone=Tone::Bad title=text::PERMISSIONS_TITLE>
            <ul class="plain-list">{list}</ul>
            <p>{text::PERMISSIONS_BODY}</p>
        </Banner>
    }
    .into_any()
}
