//! What every form field has around its control: label, help, error, and the ties between them.

use leptos::prelude::*;

use super::{FormErrors, Glyph, Icon, unique_id, words};

/// The ids and the error of one field. Copied into the control that the field frames.
#[derive(Clone, Copy)]
pub struct FieldTies {
    id: StoredValue<String>,
    name: StoredValue<String>,
    help: MaybeProp<String>,
    error: Signal<Option<String>>,
    form: Option<FormErrors>,
}

impl FieldTies {
    /// Ties for the field `name`. Its error is `error` when that says something, else what the surrounding form knows.
    pub fn new(name: String, help: MaybeProp<String>, error: MaybeProp<String>) -> Self {
        let form = use_context::<FormErrors>();
        let id = unique_id(&name);
        let looked_up = name.clone();
        let error = Signal::derive(move || error.get().or_else(|| form.and_then(|form| form.of(&looked_up))));
        Self { id: StoredValue::new(id), name: StoredValue::new(name), help, error, form }
    }

    pub fn id(self) -> String {
        self.id.get_value()
    }

    pub fn name(self) -> String {
        self.name.get_value()
    }

    fn help_id(self) -> String {
        self.id.with_value(|id| [id.as_str(), "-help"].concat())
    }

    fn error_id(self) -> String {
        self.id.with_value(|id| [id.as_str(), "-error"].concat())
    }

    /// The value of `aria-describedby`: help, error, both or nothing.
    pub fn described_by(self) -> Option<String> {
        match (self.help.get().is_some(), self.error.get().is_some()) {
            (false, false) => None,
            (true, false) => Some(self.help_id()),
            (false, true) => Some(self.error_id()),
            (true, true) => Some([self.help_id(), self.error_id()].join(" ")),
        }
    }

    /// The value of `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.error.get().is_some().then_some("true")
    }

    /// Called when the person edits the field: what the server said about the old value no longer holds.
    pub fn edited(self) {
        if let Some(form) = self.form {
            self.name.with_value(|name| form.clear(name));
        }
    }
}

/// Label above, control (the children), help and error below.
#[component]
pub fn Field(
    ties: FieldTies,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] required: bool,
    /// Leaves the label to assistive technology, for example in a toolbar.
    #[prop(optional)]
    label_unseen: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" class:unseen=label_unseen for=ties.id()>
                {label}
                {(!required && ties.form.is_some()).then(|| view! { <span class="field-optional">{words::OPTIONAL}</span> })}
            </label>
            {children()}
            <FieldNotes ties />
        </div>
    }
}

/// Help and error of a field, under its control.
#[component]
pub fn FieldNotes(ties: FieldTies) -> impl IntoView {
    view! {
        {move || ties.help.get().map(|help| view! { <p class="field-help" id=ties.help_id()>{help}</p> })}
        {move || {
            ties.error
                .get()
                .map(|error| {
                    view! {
                        <p class="field-error" id=ties.error_id()>
                            <Icon glyph=Glyph::Attention />
                            <span>{error}</span>
                        </p>
                    }
                })
        }}
    }
}
