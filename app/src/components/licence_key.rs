//! A licence key, easy to read out and to copy.

use leptos::prelude::*;

use super::CopyButton;

/// The key in its groups of five. Copying gives the whole key with its dashes.
#[component]
pub fn LicenceKey(
    #[prop(into)] key_text: Signal<String>,
    /// Larger, for the page where the customer first sees it.
    #[prop(optional)]
    large: bool,
    /// Dimmed and struck through: the key does not work at present.
    #[prop(optional, into)]
    blocked: Signal<bool>,
) -> impl IntoView {
    let groups = move || {
        let draw = |group: &str| view! { <span class="key-group">{group.to_owned()}</span> };
        key_text.with(|key| key.split('-').map(draw).collect_view())
    };
    view! {
        <span class="licence-key" class:large=large class:blocked=blocked>
            <span class="key-text" role="img" aria-label=key_text>
                {groups}
            </span>
            <CopyButton value=key_text what="licence key" with_word=large />
        </span>
    }
}
