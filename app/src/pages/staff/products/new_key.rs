//! A licence key made by hand.

use latchkey_shared::{
    api::{catalog::Product, keys::AddKey},
    ids::{CustomerId, ProductId},
    text::{keys as text, products},
};
use leptos::prelude::*;

use super::page::address;
use crate::{
    api::{self, check, load, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, CheckboxField, Crumb, FieldGroup, FieldPair, Form, FormErrors,
        Look, NumberField, PageHeader, TextAreaField, use_toasts, words,
    },
    hooks::{use_effect, use_query_state},
    pages::staff::keys::{CustomerPicker, Picked, feature_boxes},
    routes::{use_go, use_id},
};

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

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    customer: RwSignal<Option<Picked>>,
    period: RwSignal<Option<i64>>,
    never: RwSignal<bool>,
    features: [RwSignal<bool>; 8],
    machines: RwSignal<Option<i64>>,
    trial: RwSignal<bool>,
    notes: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        Self {
            customer: RwSignal::default(),
            period: RwSignal::new(Some(365)),
            never: RwSignal::default(),
            features: std::array::from_fn(|_| RwSignal::default()),
            machines: RwSignal::new(Some(1)),
            trial: RwSignal::default(),
            notes: RwSignal::default(),
        }
    }

    /// What to send, or `None` after showing what is missing.
    fn form(self, errors: FormErrors) -> Option<AddKey> {
        let never = self.never.get_untracked();
        let period = self.period.get_untracked().filter(|days| (1..=36_500).contains(days));
        if !never && period.is_none() {
            errors.set("period_days", text::PERIOD_MISSING);
        }
        let machines = self.machines.get_untracked();
        if machines.is_none() {
            errors.set("max_machines", text::MACHINES_MISSING);
        }
        let form = AddKey {
            customer: self.customer.get_untracked().map(|customer| customer.id),
            period_days: if never { 0 } else { period.unwrap_or_default() },
            features: self.features.iter().map(|feature| feature.get_untracked()).collect(),
            max_machines: machines.unwrap_or_default(),
            trial_activation: self.trial.get_untracked(),
            notes: self.notes.get_untracked(),
        };
        (errors.settle() && check(&form, errors)).then_some(form)
    }
}

#[component]
fn NewKey(product: Product) -> impl IntoView {
    let fields = Fields::new();
    choose_from_address(fields.customer);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let id = product.id;
    let submit = move || {
        if let Some(form) = fields.form(errors) {
            sender.submit(errors, api::products::add_key(id, &form), move |key| {
                toasts.good(text::created(key.row.id));
                go.run((["/Keys/", &key.row.global_id.to_string()].concat(),));
            });
        }
    };
    let crumbs =
        vec![Crumb::new(products::TITLE, "/Products"), Crumb::new(product.name.clone(), keys_tab(id))];
    view! {
        <PageHeader title=text::NEW_TITLE crumbs />
        <div class="form-page">
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    <CustomerPicker name="customer" label=text::CUSTOMER chosen=fields.customer help=text::NEW_CUSTOMER_HELP />
                    <FieldPair>
                        <NumberField
                            name="period_days"
                            label=text::PERIOD
                            value=fields.period
                            min=1
                            max=36_500
                            unit=text::DAYS
                            disabled=fields.never
                            required=true
                        />
                        <NumberField
                            name="max_machines"
                            label=text::MAX_MACHINES
                            value=fields.machines
                            min=0
                            max=1_000_000
                            help=text::MAX_MACHINES_HELP
                            required=true
                        />
                    </FieldPair>
                    <CheckboxField name="never" value=fields.never>
                        {text::NEVER_EXPIRES}
                    </CheckboxField>
                    <CheckboxField name="trial_activation" value=fields.trial help=text::TRIAL_HELP>
                        {text::TRIAL}
                    </CheckboxField>
                    <FieldGroup title=text::FEATURES_TITLE>
                        <div class="feature-list">{feature_boxes(fields.features, Signal::stored(product.feature_names))}</div>
                    </FieldGroup>
                    <TextAreaField name="notes" label=text::NOTES value=fields.notes help=text::NOTES_HELP max_length=500 />
                    <ButtonRow>
                        <Button submit=true look=Look::Primary busy=sender.busy()>
                            {text::CREATE}
                        </Button>
                        <ButtonLink href=keys_tab(id) look=Look::Quiet>
                            {words::CANCEL}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

fn keys_tab(id: ProductId) -> String {
    [&address(id), "/keys"].concat()
}
