//! Several lines of text.

use leptos::prelude::*;

use crate::components::{Field, FieldTies};

/// A text area that grows with its content from `rows` lines on.
#[component]
pub fn TextAreaField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] placeholder: MaybeProp<String>,
    #[prop(optional)] max_length: Option<u32>,
    /// Monospace, no spelling help.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    view! {
        <Field ties label required>
            <textarea
                class="input"
                class:code=code
                id=ties.id()
                name=ties.name()
                rows=rows
                maxlength=max_length
                placeholder=move || placeholder.get()
                required=required
                disabled=disabled
                spellcheck=code.then_some("false")
                aria-describedby=move || ties.described_by()
                aria-invalid=move || ties.invalid()
                prop:value=value
                on:input=move |event| {
                    value.set(event_target_value(&event));
                    ties.edited();
                }
            ></textarea>
        </Field>
    }
}
