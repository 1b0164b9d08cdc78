//! Adding, changing and removing a licence template.

use latchkey_shared::{
    api::licensing::{AddTemplate, EditTemplate, LicenceTemplate},
    ids::ProductId,
    text::templates as text,
};
use leptos::prelude::*;

use super::key_fields::{self, KeyFields};
use crate::{
    api::{Problem, Sender, check, products, use_sender},
    components::{ConfirmDialog, Dialog, Form, FormErrors, Tag, TextField, use_toasts},
    hooks::use_effect,
    pages::staff::{save_row::DialogSaveRow, show::open_while},
};

/// What the dialog is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Add,
    Edit(LicenceTemplate),
}

/// Open while `asked` holds something.
#[component]
pub fn TemplateDialog(
    product: ProductId,
    names: StoredValue<Vec<String>>,
    asked: RwSignal<Option<Asked>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let open = open_while(asked);
    let title = Signal::derive(move || match asked.get() {
        Some(Asked::Edit(template)) => text::edit_title(&template.name),
        _ => text::NEW.to_owned(),
    });
    view! {
        <Dialog open title wide=true>
            {asked
                .get_untracked()
                .map(|asked| view! { <TemplateForm product names asked open on_done /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn TemplateForm(
    product: ProductId,
    names: StoredValue<Vec<String>>,
    asked: Asked,
    open: RwSignal<bool>,
    on_done: Callback<()>,
) -> impl IntoView {
    let fields = KeyFields::new();
    let name = RwSignal::new(String::new());
    if let Asked::Edit(template) = &asked {
        fields.fill(&template.key);
        name.set(template.name.clone());
    }
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let saved = move |answer: Result<LicenceTemplate, Problem>| match answer {
        Ok(template) => {
            open.set(false);
            toasts.good(text::saved(&template.name));
            on_done.run(());
        }
        Err(Problem::Conflict(_)) => {
            errors.set("name", text::CHANGED_MEANWHILE);
            errors.settle();
        }
        Err(problem) => errors.fail(problem.into()),
    };
    let submit = move || {
        let called = name.get_untracked().trim().to_owned();
        if called.is_empty() {
            errors.set("name", text::NAME_MISSING);
        }
        let key = fields.read(errors);
        if errors.settle() && check(&key, errors) {
            send(
                &asked,
                product,
                AddTemplate { name: called, key: Some(key), ..AddTemplate::default() },
                sender,
                saved,
            );
        }
    };
    let preview = move || {
        let lines = names.with_value(|names| fields.words(names));
        lines.into_iter().map(|line| view! { <Tag text=line /> }).collect_view()
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::NAME value=name help=text::NAME_HELP max_length=100 required=true autofocus=true />
            {names.with_value(|names| key_fields::fields(fields, names))}
            <div class="template-preview" role="group" aria-label=text::PREVIEW>
                <p class="field-label">{text::PREVIEW}</p>
                <span class="tags">{preview}</span>
            </div>
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}

fn send(
    asked: &Asked,
    product: ProductId,
    form: AddTemplate,
    sender: Sender,
    then: impl FnOnce(Result<LicenceTemplate, Problem>) + 'static,
) {
    match asked {
        Asked::Add => sender.send(products::add_template(product, &form), then),
        Asked::Edit(template) => {
            let form = EditTemplate {
                name: form.name,
                key: form.key,
                version: template.version,
                ..EditTemplate::default()
            };
            sender.send(products::edit_template(template.id, &form), then);
        }
    }
}

/// Asks before a template is removed; open while `removing` holds one.
#[component]
pub fn RemoveTemplate(
    removing: RwSignal<Option<LicenceTemplate>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let open = open_while(removing);
    let sender = use_sender();
    let toasts = use_toasts();
    use_effect(move || {
        if removing.with(Option::is_some) {
            sender.forget();
        }
    });
    let name =
        move || removing.with(|found| found.as_ref().map(|found| found.name.clone()).unwrap_or_default());
    let confirm = move || {
        let Some(template) = removing.get_untracked() else { return };
        sender.confirm(products::remove_template(template.id), move |()| {
            open.set(false);
            toasts.good(text::removed(&template.name));
            on_done.run(());
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || text::remove_question(&name()))
            confirm=text::REMOVE_CONFIRM
            on_confirm=confirm
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REMOVE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
