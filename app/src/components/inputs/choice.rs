//! One of several: a drop-down, or cards when the choice deserves room.

use leptos::prelude::*;

use crate::components::{Field, FieldNotes, FieldTies};

/// One thing to choose. `note` is a second line, shown on cards only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub note: Option<String>,
    pub disabled: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: None, disabled: false }
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub const fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

/// A native drop-down bound to `value`. With `placeholder` the empty value is offered under that text. Without an empty
/// value something is always chosen: such a field is never marked as optional.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(optional, into)] placeholder: MaybeProp<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] label_unseen: bool,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    let can_be_empty = placeholder.get_untracked().is_some()
        || options.with_untracked(|options| options.iter().any(|choice| choice.value.is_empty()));
    let required = required || !can_be_empty;
    let draw = move |choice: Choice| {
        let own = choice.value.clone();
        view! {
            <option value=choice.value disabled=choice.disabled prop:selected=move || value.with(|value| *value == own)>
                {choice.label}
            </option>
        }
    };
    view! {
        <Field ties label required label_unseen>
            <select
                class="input"
                id=ties.id()
                name=ties.name()
                required=required
                disabled=disabled
                aria-describedby=move || ties.described_by()
                aria-invalid=move || ties.invalid()
                on:change=move |event| {
                    value.set(event_target_value(&event));
                    ties.edited();
                }
            >
                {move || {
                    placeholder
                        .get()
                        .map(|text| {
                            view! {
                                <option value="" prop:selected=move || value.with(String::is_empty)>
                                    {text}
                                </option>
                            }
                        })
                }}
                {move || options.get().into_iter().map(draw).collect_view()}
            </select>
        </Field>
    }
}

/// Radio buttons drawn as cards, bound to `value`.
#[component]
pub fn ChoiceCards(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    let draw = move |choice: Choice| {
        let own = choice.value.clone();
        view! {
            <label class="choice-card">
                <input
                    type="radio"
                    name=ties.id()
                    value=choice.value.clone()
                    disabled=choice.disabled
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| {
                        value.set(choice.value.clone());
                        ties.edited();
                    }
                />
                <span class="choice-text">
                    <span class="choice-label">{choice.label}</span>
                    {choice.note.map(|note| view! { <span class="choice-note">{note}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field choice-cards" aria-describedby=move || ties.described_by()>
            <legend class="field-label">{label}</legend>
            <div class="choice-list">{move || options.get().into_iter().map(draw).collect_view()}</div>
            <FieldNotes ties />
        </fieldset>
    }
}
