//! Code to be read and copied: a command, a key, an answer.

use leptos::prelude::*;

use super::CopyButton;

/// Some lines of code under their name, with a button that copies them. Long lines scroll, also by keyboard.
#[component]
pub fn CodeBlock(
    /// What it is, for example "Sample call".
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] code: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="code-block">
            <div class="code-head">
                <span class="code-label">{label}</span>
                <CopyButton value=code what=label />
            </div>
            // On one line: white space inside would be shown.
            <pre role="region" aria-label=label tabindex="0"><code>{code}</code></pre>
        </div>
    }
}
