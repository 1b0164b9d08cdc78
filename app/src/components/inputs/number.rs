//! A whole number.

use leptos::prelude::*;

use crate::components::{Field, FieldTies};

/// A whole number bound to `value`; empty or not a number is `None`. `unit` stands behind the control.
#[component]
pub fn NumberField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<Option<i64>>,
    #[prop(optional)] min: Option<i64>,
    #[prop(optional)] max: Option<i64>,
    #[prop(optional, into)] unit: MaybeProp<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    view! {
        <Field ties label required>
            <div class="input-with-unit">
                <input
                    class="input number"
                    type="number"
                    inputmode="numeric"
                    step="1"
                    id=ties.id()
                    name=ties.name()
                    min=min
                    max=max
                    required=required
                    disabled=disabled
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    prop:value=move || value.get().map(|number| number.to_string()).unwrap_or_default()
                    on:input=move |event| {
                        value.set(event_target_value(&event).trim().parse().ok());
                        ties.edited();
                    }
                />
                {move || unit.get().map(|unit| view! { <span class="input-unit">{unit}</span> })}
            </div>
        </Field>
    }
}
