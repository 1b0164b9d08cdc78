//! A day.

use leptos::prelude::*;

use crate::components::{Field, FieldTies};

/// A day bound to `value` as `2026-11-21`, empty when none is chosen. `min` and `max` have the same form.
#[component]
pub fn DateField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(optional, into)] min: MaybeProp<String>,
    #[prop(optional, into)] max: MaybeProp<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    view! {
        <Field ties label required>
            <input
                class="input date"
                type="date"
                id=ties.id()
                name=ties.name()
                min=move || min.get()
                max=move || max.get()
                required=required
                disabled=disabled
                aria-describedby=move || ties.described_by()
                aria-invalid=move || ties.invalid()
                prop:value=value
                on:input=move |event| {
                    value.set(event_target_value(&event));
                    ties.edited();
                }
            />
        </Field>
    }
}
