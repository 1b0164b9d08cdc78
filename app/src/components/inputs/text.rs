//! One line of text.

use leptos::prelude::*;

use crate::components::{Field, FieldTies, unique_id};

/// What kind of text: decides keyboard, autofill and spelling help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    Email,
    Url,
    Phone,
    /// Keys, ids and codes: monospace, no spelling help, no capitals made.
    Code,
    /// A one-time code of digits.
    Digits,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Url => "url",
            Self::Phone => "tel",
            Self::Text | Self::Code | Self::Digits => "text",
        }
    }

    const fn input_mode(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Url => "url",
            Self::Phone => "tel",
            Self::Digits => "numeric",
            Self::Text | Self::Code => "text",
        }
    }

    const fn is_prose(self) -> bool {
        matches!(self, Self::Text)
    }
}

/// A line of text bound to `value`. `suggestions` offers values without forcing one of them.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional)] kind: TextKind,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] readonly: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] placeholder: MaybeProp<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] label_unseen: bool,
    #[prop(optional)] suggestions: Vec<String>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    let list = (!suggestions.is_empty()).then(|| unique_id("suggestions"));
    view! {
        <Field ties label required label_unseen>
            <input
                class="input"
                class:code=kind == TextKind::Code || kind == TextKind::Digits
                type=kind.input_type()
                inputmode=kind.input_mode()
                id=ties.id()
                name=ties.name()
                list=list.clone()
                autocomplete=autocomplete
                autocapitalize=(!kind.is_prose()).then_some("none")
                spellcheck=(!kind.is_prose()).then_some("false")
                maxlength=max_length
                placeholder=move || placeholder.get()
                required=required
                readonly=readonly
                disabled=disabled
                autofocus=autofocus
                aria-describedby=move || ties.described_by()
                aria-invalid=move || ties.invalid()
                prop:value=value
                on:input=move |event| {
                    value.set(event_target_value(&event));
                    ties.edited();
                }
            />
            {list
                .map(|id| {
                    let options = suggestions.into_iter().map(|text| view! { <option value=text></option> });
                    view! { <datalist id=id>{options.collect_view()}</datalist> }
                })}
        </Field>
    }
}
