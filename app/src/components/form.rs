//! A form that knows its errors.

use std::collections::BTreeMap;

use leptos::{context::Provider, ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Banner, Problem, Tone};
use crate::hooks::use_effect;

/// The errors of one form: a message per field name, and what concerns the form as a whole. Fields inside the form
/// find theirs by name.
#[derive(Clone, Copy)]
pub struct FormErrors {
    fields: RwSignal<BTreeMap<String, String>>,
    whole: RwSignal<Option<Problem>>,
    /// Counts the failed tries, so that the first wrong field is focused once for each.
    failures: RwSignal<u32>,
}

impl Default for FormErrors {
    fn default() -> Self {
        Self::new()
    }
}

impl FormErrors {
    pub fn new() -> Self {
        Self { fields: RwSignal::default(), whole: RwSignal::default(), failures: RwSignal::new(0) }
    }

    /// Shows what the server answered: field messages at their fields, the message itself above the form. The message is
    /// left out when every part of it already stands at a field.
    pub fn fail(self, problem: Problem) {
        self.whole.set(problem.fields.is_empty().then(|| problem.clone()));
        self.fields.set(problem.fields);
        self.failures.update(|count| *count += 1);
    }

    /// Shows an error found before sending. Call [`Self::settle`] after the last one.
    pub fn set(self, field: &str, message: impl Into<String>) {
        let message = message.into();
        self.fields.update(|fields| {
            fields.insert(field.to_owned(), message);
        });
    }

    /// Ends a check: `true` when no field has an error, otherwise focuses the first that has.
    pub fn settle(self) -> bool {
        let fine = self.fields.with_untracked(BTreeMap::is_empty);
        if !fine {
            self.failures.update(|count| *count += 1);
        }
        fine
    }

    /// Shows above the form what no field of it shows: the server named fields that stand nowhere here.
    fn show_unplaced(self) {
        let messages =
            self.fields.with_untracked(|fields| fields.values().cloned().collect::<Vec<_>>().join(" "));
        if !messages.is_empty() && self.whole.with_untracked(Option::is_none) {
            self.whole.set(Some(Problem::new("invalid", messages)));
        }
    }

    /// Forgets the error of one field.
    pub fn clear(self, field: &str) {
        if self.fields.with_untracked(|fields| fields.contains_key(field)) {
            self.fields.update(|fields| {
                fields.remove(field);
            });
        }
    }

    /// Forgets everything.
    pub fn reset(self) {
        self.fields.set(BTreeMap::new());
        self.whole.set(None);
    }

    /// The error of `field`, tracked.
    pub fn of(self, field: &str) -> Option<String> {
        self.fields.with(|fields| fields.get(field).cloned())
    }
}

/// A `<form>` that never leaves the page: it calls `on_submit`, unless it is `busy`, after forgetting the errors of the
/// last try. The browser's own bubbles are off, since errors stand at their fields.
#[component]
pub fn Form(
    errors: FormErrors,
    #[prop(into)] on_submit: Callback<()>,
    #[prop(optional, into)] busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    use_effect(move || {
        if errors.failures.get() > 0 {
            request_animation_frame(move || focus_first_wrong(form, errors));
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            errors.reset();
            on_submit.run(());
        }
    };
    view! {
        <form class="form" node_ref=form novalidate on:submit=submit>
            {move || {
                errors
                    .whole
                    .get()
                    .map(|problem| view! { <Banner tone=Tone::Bad title=problem.message alert=true /> })
            }}
            // Only for what is inside: a field elsewhere on the page must not take these errors for its own.
            <Provider value=errors>{children()}</Provider>
        </form>
    }
}

fn focus_first_wrong(form: NodeRef<html::Form>, errors: FormErrors) {
    let Some(form) = form.get_untracked() else { return };
    let Ok(Some(wrong)) = form.query_selector("[aria-invalid=true]") else {
        errors.show_unplaced();
        return;
    };
    if let Some(wrong) = wrong.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take the focus is merely not focused.
        let _ = wrong.focus();
    }
}

/// Fields of a form that belong together, under one heading.
#[component]
pub fn FieldGroup(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] help: MaybeProp<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field-group">
            <legend>{title}</legend>
            {move || help.get().map(|help| view! { <p class="field-help">{help}</p> })}
            {children()}
        </fieldset>
    }
}

/// Two fields side by side where there is room.
#[component]
pub fn FieldPair(children: Children) -> impl IntoView {
    view! { <div class="field-pair">{children()}</div> }
}
