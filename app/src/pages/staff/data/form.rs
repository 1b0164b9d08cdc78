//! Adding and editing a data object.

use latchkey_shared::{
    api::{
        common::ListQuery,
        data::{AddDataObject, DataObject, EditDataObject, RefType, TERMS_URL},
    },
    terms_url,
    text::data as text,
};
use leptos::prelude::*;

use super::reserved::{may_set, needs_settings};
use crate::{
    api::{self, check, data, load, use_sender},
    components::{
        Choice, Dialog, Form, FormErrors, NumberField, SelectField, TextAreaField, TextField, TextKind,
        use_toasts,
    },
    pages::staff::{save_row::DialogSaveRow, show::open_while},
};

/// What the dialog is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// `fixed`: the person need not be asked what it is attached to.
    Add {
        ref_type: RefType,
        ref_id: Option<i64>,
        name: &'static str,
        fixed: bool,
    },
    Edit(DataObject),
}

/// Open while `asked` holds something.
#[component]
pub fn ObjectDialog(asked: RwSignal<Option<Asked>>, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let open = open_while(asked);
    let title = Signal::derive(move || match asked.get() {
        Some(Asked::Edit(object)) => text::edit_title(&object.name),
        _ => text::ADD_TITLE.to_owned(),
    });
    view! {
        <Dialog open title>
            {asked.get_untracked().map(|asked| view! { <ObjectForm asked open on_done /> })}
        </Dialog>
    }
    .into_any()
}

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    product: RwSignal<String>,
    key: RwSignal<Option<i64>>,
    name: RwSignal<String>,
    string: RwSignal<String>,
    int: RwSignal<Option<i64>>,
}

impl Fields {
    fn of(asked: &Asked) -> Self {
        let (ref_id, name, string, int) = match asked {
            Asked::Add { ref_id, name, .. } => (*ref_id, (*name).to_owned(), String::new(), 0),
            Asked::Edit(object) => {
                (Some(object.ref_id), object.name.clone(), object.string_value.clone(), object.int_value)
            }
        };
        Self {
            product: RwSignal::new(ref_id.map(|id| id.to_string()).unwrap_or_default()),
            key: RwSignal::new(ref_id),
            name: RwSignal::new(name),
            string: RwSignal::new(string),
            int: RwSignal::new(Some(int)),
        }
    }

    /// The object to add, or `None` after showing what is wrong.
    fn added(self, ref_type: RefType, errors: FormErrors) -> Option<AddDataObject> {
        let ref_id = match ref_type {
            RefType::Vendor => Some(1),
            RefType::Product => self.product.get_untracked().parse().ok(),
            RefType::Key => self.key.get_untracked(),
        };
        if ref_id.is_none() {
            errors.set(
                "ref_id",
                if ref_type == RefType::Key { text::KEY_MISSING } else { text::PRODUCT_MISSING },
            );
        }
        let name = self.name.get_untracked().trim().to_owned();
        if name.is_empty() {
            errors.set("name", text::NAME_MISSING);
        } else if !may_set(ref_type, &name) {
            errors.set("name", text::RESERVED_FORBIDDEN);
        }
        let form = AddDataObject {
            ref_type,
            ref_id: ref_id.unwrap_or_default(),
            string_value: self.value(ref_type, &name, errors),
            int_value: self.int.get_untracked().unwrap_or_default(),
            name,
        };
        (errors.settle() && check(&form, errors)).then_some(form)
    }

    fn edited(self, object: &DataObject, errors: FormErrors) -> Option<EditDataObject> {
        let form = EditDataObject {
            string_value: self.value(object.ref_type, &object.name, errors),
            int_value: self.int.get_untracked().unwrap_or_default(),
        };
        (errors.settle() && check(&form, errors)).then_some(form)
    }

    /// The text value. The terms' address is checked here as it is at the server.
    fn value(self, ref_type: RefType, name: &str, errors: FormErrors) -> String {
        let value = self.string.get_untracked();
        if !is_terms(ref_type, name) {
            return value;
        }
        let value = value.trim().to_owned();
        if let Err(problem) = terms_url::check(&value) {
            errors.set("string_value", problem.to_string());
        }
        value
    }
}

fn is_terms(ref_type: RefType, name: &str) -> bool {
    ref_type == RefType::Vendor && name.trim() == TERMS_URL
}

#[component]
fn ObjectForm(asked: Asked, open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let fields = Fields::of(&asked);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let (ref_type, editing, fixed) = match &asked {
        Asked::Add { ref_type, fixed, .. } => (*ref_type, false, *fixed),
        Asked::Edit(object) => (object.ref_type, true, true),
    };
    let submit = move || {
        let done = move |words: String| {
            open.set(false);
            toasts.good(words);
            on_done.run(());
        };
        match &asked {
            Asked::Add { ref_type, .. } => {
                if let Some(form) = fields.added(*ref_type, errors) {
                    sender.submit(errors, data::add(&form), move |object| done(text::added(&object.name)));
                }
            }
            Asked::Edit(object) => {
                if let Some(form) = fields.edited(object, errors) {
                    sender.submit(errors, data::edit(object.id, &form), move |object| {
                        done(text::saved(&object.name));
                    });
                }
            }
        }
    };
    let terms = Memo::new(move |_| fields.name.with(|name| is_terms(ref_type, name)));
    let name_help = MaybeProp::derive(move || {
        let reserved = fields.name.with(|name| needs_settings(ref_type, name));
        reserved.then(|| text::RESERVED_BODY.to_owned())
    });
    let string_label =
        Signal::derive(move || if terms.get() { text::TERMS_STRING } else { text::STRING }.to_owned());
    let string_help = MaybeProp::derive(move || terms.get().then(|| text::TERMS_MEANING.to_owned()));
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            {(!fixed).then(|| attached(ref_type, fields))}
            {(!editing)
                .then(|| {
                    view! {
                        <TextField
                            name="name"
                            label=text::NAME
                            value=fields.name
                            kind=TextKind::Code
                            autocomplete="off"
                            max_length=100
                            help=name_help
                            required=true
                        />
                    }
                })}
            <TextAreaField name="string_value" label=string_label value=fields.string code=true help=string_help rows=2 max_length=10_000 />
            <NumberField name="int_value" label=text::INT value=fields.int />
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}

/// What the new object is attached to.
fn attached(ref_type: RefType, fields: Fields) -> AnyView {
    match ref_type {
        RefType::Vendor => ().into_any(),
        RefType::Key => view! {
            <NumberField name="ref_id" label=text::KEY_FIELD value=fields.key min=1 help=text::KEY_HELP required=true />
        }
        .into_any(),
        RefType::Product => {
            let found = load(|| api::products::list(&ListQuery { limit: 100, sort: "name".to_owned(), ..ListQuery::default() }));
            let options = Signal::derive(move || {
                let rows = found.get().map(|list| list.items).unwrap_or_default();
                rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect::<Vec<_>>()
            });
            view! {
                <SelectField
                    name="ref_id"
                    label=text::PRODUCT_FIELD
                    value=fields.product
                    options
                    placeholder=text::PRODUCT_CHOOSE
                    required=true
                />
            }
            .into_any()
        }
    }
}
