//! Statuses in a word.

use leptos::prelude::*;

use super::Tone;

/// A status as a word with a coloured dot.
#[component]
pub fn Badge(
    #[prop(optional, into)] tone: Signal<Tone>,
    #[prop(into)] text: Signal<String>,
    /// Explains the word on hover.
    #[prop(optional, into)]
    title: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <span class=move || ["badge ", tone.get().class()].concat() title=move || title.get()>
            {text}
        </span>
    }
}

/// A count beside a word in a menu; nothing when it is zero.
#[component]
pub fn CountBadge(#[prop(into)] count: Signal<u64>, #[prop(optional)] tone: Tone) -> impl IntoView {
    let shown = move || if count.get() > 99 { "99+".to_owned() } else { count.get().to_string() };
    move || {
        (count.get() > 0)
            .then(|| view! { <span class=["count-badge ", tone.class()].concat()>{shown()}</span> })
    }
}

/// A label that somebody gave, optionally removable by its owner's means.
#[component]
pub fn Tag(#[prop(into)] text: String) -> impl IntoView {
    view! { <span class="tag">{text}</span> }
}
