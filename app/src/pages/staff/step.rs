//! A step of a page that leads through something.

use leptos::prelude::*;

/// A numbered step, inside a list.
#[component]
pub fn Step(number: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <li class="guide-step card">
            <h2>
                <span class="guide-number" aria-hidden="true">
                    {number}
                </span>
                {title}
            </h2>
            <div class="guide-body">{children()}</div>
        </li>
    }
}
