//! Grey shapes of the right size while content is on its way.

use leptos::prelude::*;

use super::words;

/// `lines` lines of text to come.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    let line = |_| view! { <span class="skeleton-line"></span> };
    view! {
        <div class="skeleton" role="status">
            <span class="unseen">{words::LOADING}</span>
            {(0..lines).map(line).collect_view()}
        </div>
    }
}

/// A card to come, title and `lines` lines.
#[component]
pub fn SkeletonCard(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="card">
            <div class="card-body">
                <Skeleton lines />
            </div>
        </div>
    }
}

/// A spinner for something small that takes a moment.
#[component]
pub fn Spinner(#[prop(optional, into)] label: MaybeProp<String>) -> impl IntoView {
    view! {
        <span class="spinner-line" role="status">
            <span class="spinner" aria-hidden="true"></span>
            <span>{move || label.get().unwrap_or_else(|| words::LOADING.to_owned())}</span>
        </span>
    }
}
