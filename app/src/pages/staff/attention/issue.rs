//! Issuing the missing key by hand.

use latchkey_shared::{
    api::{
        attention::{Attention, IssueKey},
        common::ListQuery,
    },
    attention::AttentionCode,
    ids::ProductId,
    text::{attention as text, keys, listing},
    time::Timestamp,
};
use leptos::prelude::*;

use super::deciding::Decision;
use crate::{
    api::{attention, check, load, products, use_sender},
    components::{
        Button, ButtonRow, CancelButton, Choice, DateField, FieldGroup, Form, FormErrors, Look, NumberField,
        SelectField, TextAreaField,
    },
    pages::staff::keys::{feature_boxes, zone},
    session::use_session,
};

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    /// A product's number, empty while none is chosen.
    product: RwSignal<String>,
    features: [RwSignal<bool>; 8],
    machines: RwSignal<Option<i64>>,
    /// Only where no payment will extend the key.
    until: Option<RwSignal<String>>,
    reason: RwSignal<String>,
}

impl Fields {
    fn of(entry: &Attention) -> Self {
        let over = matches!(
            entry.row.code,
            AttentionCode::PaidWithoutKeyThenEnded | AttentionCode::LatePaymentAfterEnd
        );
        Self {
            product: RwSignal::new(entry.product.map(|id| id.to_string()).unwrap_or_default()),
            features: std::array::from_fn(|_| RwSignal::default()),
            machines: RwSignal::new(Some(1)),
            until: over.then(RwSignal::default),
            reason: RwSignal::default(),
        }
    }

    fn product(self) -> Option<ProductId> {
        self.product.get().parse().ok().map(ProductId)
    }

    /// What to send, or `None` after showing what is missing.
    fn form(self, errors: FormErrors, zone: &str) -> Option<IssueKey> {
        let product = untrack(|| self.product());
        if product.is_none() {
            errors.set("product", text::CHOOSE_PRODUCT);
        }
        let machines = self.machines.get_untracked();
        if machines.is_none() {
            errors.set("max_machines", text::MACHINES_MISSING);
        }
        let expires = self.until.and_then(|day| zone::end_of_day(&day.get_untracked(), zone));
        if self.until.is_some() && expires.is_none_or(|expires| expires <= now()) {
            errors.set("expires", text::UNTIL_MISSING);
        }
        let form = IssueKey {
            product,
            features: self.features.iter().map(|feature| feature.get_untracked()).collect(),
            max_machines: machines.unwrap_or_default(),
            expires,
            reason: self.reason.get_untracked().trim().to_owned(),
        };
        (errors.settle() && check(&form, errors)).then_some(form)
    }
}

fn now() -> Timestamp {
    Timestamp::from_millis(crate::components::now_ms())
}

#[component]
pub fn IssueForm(decision: Decision) -> impl IntoView {
    let id = decision.asked.with_value(|asked| asked.row.id);
    let entry = load(move || attention::get(id));
    entry.view(6, move |entry| draw(decision, &entry.get_untracked()))
}

fn draw(decision: Decision, entry: &Attention) -> AnyView {
    let fields = Fields::of(entry);
    let id = entry.row.id;
    let errors = FormErrors::new();
    let sender = use_sender();
    let zone = untrack(|| use_session().vendor()).map(|vendor| vendor.time_zone).unwrap_or_default();
    let submit = move || {
        if let Some(form) = fields.form(errors, &zone) {
            sender.submit(errors, attention::issue_key(id, &form), move |entry| decision.done.run((entry,)));
        }
    };
    let until = fields.until.map(|value| {
        view! { <DateField name="expires" label=text::UNTIL value help=text::UNTIL_HELP required=true /> }
    });
    let open = decision.open;
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <p>{text::ISSUE_TEXT}</p>
            {product(fields)}
            <NumberField
                name="max_machines"
                label=keys::MAX_MACHINES
                value=fields.machines
                min=0
                max=1_000_000
                help=keys::MAX_MACHINES_HELP
                required=true
            />
            {until}
            {features(fields)}
            <TextAreaField name="reason" label=listing::REASON value=fields.reason rows=2 help=text::REASON_HELP max_length=500 />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::ISSUE_CONFIRM}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}

fn product(fields: Fields) -> AnyView {
    let found =
        load(|| products::list(&ListQuery { limit: 100, sort: "name".to_owned(), ..ListQuery::default() }));
    let options = Signal::derive(move || {
        let rows = found.get().map(|list| list.items).unwrap_or_default();
        rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="product"
            label=text::PRODUCT
            value=fields.product
            options
            placeholder=text::CHOOSE_PRODUCT
            required=true
        />
    }
    .into_any()
}

/// The eight switches, under the names that the chosen product gives them.
fn features(fields: Fields) -> AnyView {
    let product = load(move || fields.product().map(products::get));
    let names = Signal::derive(move || {
        product.with(|product| product.map_or_else(Vec::new, |product| product.feature_names.clone()))
    });
    view! {
        <FieldGroup title=keys::FEATURES_TITLE>
            <div class="feature-list">{feature_boxes(fields.features, names)}</div>
        </FieldGroup>
    }
    .into_any()
}
