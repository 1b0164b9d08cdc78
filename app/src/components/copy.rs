//! Showing something to be copied, and copying it.

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::HtmlInputElement;

use super::{Glyph, Icon, unique_id, use_toasts, words};
use crate::hooks::copy_text;

const ANSWER_FOR: Duration = Duration::from_secs(2);

/// A button that copies `value` and says that it did, to the eye and to a screen reader.
#[component]
pub fn CopyButton(
    #[prop(into)] value: Signal<String>,
    /// What is copied, for the button's name: "Copy licence key".
    #[prop(optional, into)]
    what: MaybeProp<String>,
    /// Shows the word beside the icon.
    #[prop(optional)]
    with_word: bool,
) -> impl IntoView {
    let toasts = use_toasts();
    let copied = RwSignal::new(false);
    let name = move || match what.get() {
        Some(what) => [words::COPY, " ", &what].concat(),
        None => words::COPY.to_owned(),
    };
    let answered = move |done: bool| {
        if done {
            copied.try_set(true);
            set_timeout(move || _ = copied.try_set(false), ANSWER_FOR);
        } else {
            toasts.bad(words::COPY_FAILED);
        }
    };
    let glyph = move || {
        let glyph = if copied.get() { Glyph::Check } else { Glyph::Copy };
        view! { <Icon glyph /> }
    };
    let word = move || if copied.get() { words::COPIED } else { words::COPY };
    view! {
        <button
            type="button"
            class="button small copy"
            class:icon-only=!with_word
            class:copied=move || copied.get()
            aria-label=name
            title=name
            on:click=move |event| {
                event.stop_propagation();
                copy_text(value.get_untracked(), answered);
            }
        >
            {glyph}
            {with_word.then(|| view! { <span class="button-label">{word}</span> })}
        </button>
        <span class="unseen" role="status">{move || copied.get().then_some(words::COPIED)}</span>
    }
}

/// A value that people copy rather than read: a link, a token, an id. A click selects all of it.
#[component]
pub fn CopyField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
) -> impl IntoView {
    let id = unique_id("copy");
    let help_id = unique_id("copy-help");
    let described_by = help_id.clone();
    let select_all = |event: ev::FocusEvent| {
        let input: HtmlInputElement = event_target(&event);
        input.select();
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <div class="copy-field">
                <input
                    class="input code"
                    id=id
                    readonly=true
                    spellcheck="false"
                    aria-describedby=move || help.get().map(|_| described_by.clone())
                    prop:value=value
                    on:focus=select_all
                />
                <CopyButton value what=label with_word=true />
            </div>
            {move || help.get().map(|help| view! { <p class="field-help" id=help_id.clone()>{help}</p> })}
        </div>
    }
}

/// A short id in a line of text, with a copy button beside it.
#[component]
pub fn CopyId(
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] what: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <span class="copy-id">
            <code>{value}</code>
            <CopyButton value what />
        </span>
    }
}
