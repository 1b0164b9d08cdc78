//! Licence keys made by hand: one, or many alike.

use latchkey_shared::{
    api::{catalog::Product, licensing::LicenceTemplates},
    ids::{CustomerId, ProductId},
    text::{key_bulk as bulk, keys as text, products},
};
use leptos::prelude::*;

use super::{
    key_fields::{self, KeyFields, for_customer},
    make_keys::{Making, MakingKeys},
    page::address,
};
use crate::{
    api::{self, Load, check, load, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, Choice, Crumb, FieldPair, Form, FormErrors, Look, NumberField,
        PageHeader, SelectField, use_toasts, words,
    },
    hooks::{use_effect, use_query_state},
    pages::staff::keys::{CustomerPicker, Picked},
    routes::{use_go, use_id},
};

/// Keys that are made at once at most.
const MOST: i64 = 10_000;

#[component]
pub fn NewKeyPage() -> impl IntoView {
    let id = use_id::<ProductId>();
    let product = load(move || api::products::get(id.get()));
    product
        .page(text::NEW_TITLE, 8, |product| view! { <NewKey product=product.get_untracked() /> }.into_any())
}

/// Chooses the customer of `?customer=`, for those who come from a customer's page.
fn choose_from_address(chosen: RwSignal<Option<Picked>>) {
    let id = untrack(|| use_query_state().get("customer")).and_then(|id| id.parse().ok()).map(CustomerId);
    let customer = load(move || id.map(api::customers::get));
    use_effect(move || {
        let found =
            customer.with(|found| found.map(|found| Picked { id: found.id, name: found.name.clone() }));
        if found.is_some() {
            chosen.set(found);
        }
    });
}

/// The templates of the product, and the one that `?template=` names or the person chooses: it fills the fields.
fn choose_template(id: ProductId, fields: KeyFields) -> (Load<LicenceTemplates>, RwSignal<String>) {
    let asked = untrack(|| use_query_state().get("template")).unwrap_or_default();
    let templates = load(move || api::products::templates(id));
    let chosen = RwSignal::new(asked);
    use_effect(move || {
        let wanted = chosen.get();
        templates.with(|found| {
            let template = found?.templates.iter().find(|template| template.id.to_string() == wanted)?;
            fields.fill(&template.key);
            Some(())
        });
    });
    (templates, chosen)
}

#[component]
fn NewKey(product: Product) -> impl IntoView {
    let id = product.id;
    let fields = KeyFields::new();
    let customer = RwSignal::new(None::<Picked>);
    let count = RwSignal::new(Some(1));
    choose_from_address(customer);
    let (templates, template) = choose_template(id, fields);
    let errors = FormErrors::new();
    let sender = use_sender();
    let making = Making::new();
    let toasts = use_toasts();
    let go = use_go();
    let submit = move || {
        let wanted = count.get_untracked().filter(|count| (1..=MOST).contains(count));
        if wanted.is_none() {
            errors.set("count", bulk::HOW_MANY_WRONG);
        }
        let form = for_customer(fields.read(errors), customer.get_untracked().map(|customer| customer.id));
        let Some(wanted) = wanted.filter(|_| errors.settle() && check(&form, errors)) else {
            errors.settle();
            return;
        };
        if wanted > 1 {
            making.start(id, form, wanted);
        } else {
            sender.submit(errors, api::products::add_key(id, &form), move |key| {
                toasts.good(text::created(key.row.id));
                go.run((["/Keys/", &key.row.global_id.to_string()].concat(),));
            });
        }
    };
    let crumbs =
        vec![Crumb::new(products::TITLE, "/Products"), Crumb::new(product.name.clone(), keys_tab(id))];
    let many = move || count.get().is_some_and(|count| count > 1);
    let create = move || if many() { bulk::CREATE_MANY } else { text::CREATE };
    let title = Signal::derive(move || if many() { bulk::NEW_KEYS } else { text::NEW_TITLE }.to_owned());
    let whose = Signal::derive(move || customer.get().map(|customer| customer.name).unwrap_or_default());
    let made_of = product.clone();
    let names = StoredValue::new(product.feature_names);
    let form = move || {
        view! {
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    <CustomerPicker name="customer" label=text::CUSTOMER chosen=customer help=text::NEW_CUSTOMER_HELP />
                    <FieldPair>
                        <NumberField
                            name="count"
                            label=bulk::HOW_MANY
                            value=count
                            min=1
                            max=MOST
                            help=bulk::HOW_MANY_HELP
                            required=true
                        />
                        {move || template_field(templates, template)}
                    </FieldPair>
                    {names.with_value(|names| key_fields::fields(fields, names))}
                    <ButtonRow>
                        <Button submit=true look=Look::Primary busy=sender.busy()>
                            {create}
                        </Button>
                        <ButtonLink href=keys_tab(id) look=Look::Quiet>
                            {words::CANCEL}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        }
        .into_any()
    };
    let begun = Memo::new(move |_| making.begun());
    let body = move || {
        if begun.get() {
            view! { <MakingKeys making product=made_of.clone() customer=whose /> }.into_any()
        } else {
            form()
        }
    };
    view! {
        <PageHeader title crumbs />
        <div class="form-page">{body}</div>
    }
    .into_any()
}

fn template_field(templates: Load<LicenceTemplates>, chosen: RwSignal<String>) -> AnyView {
    let options = templates.with(|found| {
        let choice = |template: &latchkey_shared::api::licensing::LicenceTemplate| {
            Choice::new(template.id.to_string(), template.name.clone())
        };
        found.map(|found| found.templates.iter().map(choice).collect::<Vec<_>>()).unwrap_or_default()
    });
    if options.is_empty() {
        return ().into_any();
    }
    view! {
        <SelectField
            name="template"
            label=bulk::TEMPLATE
            value=chosen
            options=Signal::stored(options)
            placeholder=bulk::TEMPLATE_NONE
            help=bulk::TEMPLATE_HELP
        />
    }
    .into_any()
}

fn keys_tab(id: ProductId) -> String {
    [&address(id), "/keys"].concat()
}
