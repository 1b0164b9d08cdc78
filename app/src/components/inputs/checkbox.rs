//! Yes or no: a check box for what is sent with a form, a switch for what takes effect at once.

use leptos::prelude::*;

use crate::components::{FieldNotes, FieldTies};

/// A check box bound to `value`. The children are its label, so that it may hold a link (terms of use).
#[component]
pub fn CheckboxField(
    #[prop(into)] name: String,
    value: RwSignal<bool>,
    children: Children,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let ties = FieldTies::new(name, help, error);
    view! {
        <div class="field">
            <div class="check">
                <input
                    type="checkbox"
                    id=ties.id()
                    name=ties.name()
                    required=required
                    disabled=disabled
                    aria-describedby=move || ties.described_by()
                    aria-invalid=move || ties.invalid()
                    prop:checked=value
                    on:change=move |event| {
                        value.set(event_target_checked(&event));
                        ties.edited();
                    }
                />
                <label for=ties.id()>{children()}</label>
            </div>
            <FieldNotes ties />
        </div>
    }
}

/// A switch showing `on`. It only moves when the caller changes `on`, so that a refused change is seen as refused.
#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    #[prop(into)] on_toggle: Callback<(bool,)>,
    #[prop(optional, into)] help: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let ties = FieldTies::new("switch".to_owned(), help, MaybeProp::default());
    view! {
        <div class="field">
            <div class="switch">
                <button
                    type="button"
                    role="switch"
                    class="switch-track"
                    id=ties.id()
                    aria-checked=move || on.get().to_string()
                    aria-describedby=move || ties.described_by()
                    disabled=disabled
                    on:click=move |_| on_toggle.run((!on.get_untracked(),))
                >
                    <span class="switch-thumb"></span>
                </button>
                <label for=ties.id()>{label}</label>
            </div>
            <FieldNotes ties />
        </div>
    }
}
