//! The plans of a product that no payment provider bills.

use latchkey_shared::{
    api::{
        changes::{OfflinePlan, OfflinePlans, PlanUnit, SetOfflinePlan},
        licensing::LicenceTemplates,
    },
    ids::{PlanId, ProductId},
    money::{Currency, Money},
    permission::Permission,
    text::changes as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, changes, load, products, use_sender},
    components::{
        Badge, Button, Card, CheckboxField, Choice, Dialog, FieldPair, Form, FormErrors, Glyph, Look,
        NumberField, SelectField, TextField, Tone, use_toasts,
    },
    pages::staff::{
        save_row::DialogSaveRow,
        show::{self, every, may},
    },
};

/// The card, with its dialog.
#[component]
pub fn OfflinePlansCard(product: ProductId, feature_names: Vec<String>) -> impl IntoView {
    let plans = load(move || changes::plans_of(product));
    let templates = load(move || products::templates(product));
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<OfflinePlan>);
    let names = StoredValue::new(feature_names);
    let ask = move |plan: Option<OfflinePlan>| {
        editing.set(plan);
        open.set(true);
    };
    let title = Signal::derive(move || {
        if editing.with(Option::is_some) { text::EDIT_PLAN } else { text::NEW_PLAN }.to_owned()
    });
    let add = move || {
        may(Permission::ProductsWrite).then(|| {
            view! {
                <Button small=true icon=Glyph::Plus on_press=move || ask(None)>
                    {text::NEW_PLAN}
                </Button>
            }
        })
    };
    view! {
        <Card title=text::OFFLINE_PLANS actions=ViewFn::from(move || view! { {add()} }.into_any())>
            <p class="muted">{text::OFFLINE_PLANS_HELP}</p>
            <ul class="plan-list">
                {move || {
                    let shown = plans.get().map(|plans| plans.plans).unwrap_or_default();
                    shown.into_iter().map(|plan| row(plan, ask)).collect_view()
                }}
            </ul>
        </Card>
        <Dialog open title>
            {form(product, editing.get_untracked(), names.get_value(), open, (plans, templates))}
        </Dialog>
    }
}

fn row(plan: OfflinePlan, ask: impl Fn(Option<OfflinePlan>) + Copy + Send + Sync + 'static) -> AnyView {
    let prices = plan.prices.iter().map(|price| view! { <span>{show::money(*price)}</span> }).collect_view();
    let often = every(&plan.plan.interval);
    let trial = (plan.plan.trial_days > 0).then(|| [" · ", &text::trial_of(plan.plan.trial_days)].concat());
    let withdrawn = (!plan.plan.offered)
        .then(|| view! { <Badge tone=Signal::stored(Tone::Neutral) text=text::PLAN_WITHDRAWN /> });
    let name = plan.plan.name.clone();
    let unseen = name.clone();
    let edit = may(Permission::ProductsWrite).then(move || {
        view! {
            <Button small=true look=Look::Quiet on_press=move || ask(Some(plan.clone()))>
                {text::CHANGE}
                <span class="unseen">" " {unseen}</span>
            </Button>
        }
    });
    view! {
        <li>
            <strong>{name}</strong>
            <span class="prices">{prices}</span>
            <span class="muted">{often} {trial}</span>
            {withdrawn}
            {edit}
        </li>
    }
    .into_any()
}

/// An amount as people type it, and back.
fn typed(price: Option<&Money>) -> String {
    price.map(|price| price.to_decimal()).unwrap_or_default()
}

fn form(
    product: ProductId,
    plan: Option<OfflinePlan>,
    names: Vec<String>,
    open: RwSignal<bool>,
    (plans, templates): (Load<OfflinePlans>, Load<LicenceTemplates>),
) -> AnyView {
    let id: Option<PlanId> = plan.as_ref().map(|plan| plan.plan.id);
    let name = RwSignal::new(plan.as_ref().map(|plan| plan.plan.name.clone()).unwrap_or_default());
    let count = RwSignal::new(Some(plan.as_ref().map_or(1, |plan| plan.plan.interval.count)));
    let unit = plan.as_ref().map_or(PlanUnit::Month, unit_of);
    let unit = RwSignal::new(unit.as_str().to_owned());
    let prices = plan.as_ref().map(|plan| plan.prices.clone()).unwrap_or_default();
    let rows: Vec<(RwSignal<String>, RwSignal<String>)> = (0..3)
        .map(|index| {
            let price: Option<&Money> = prices.get(index);
            let code = price.map_or(if index == 0 { "EUR" } else { "" }.to_owned(), |price| {
                price.currency.code().to_owned()
            });
            (RwSignal::new(typed(price)), RwSignal::new(code))
        })
        .collect();
    let features: Vec<RwSignal<bool>> = (0..8)
        .map(|index| RwSignal::new(plan.as_ref().is_some_and(|plan| plan.features.get(index) == Some(&true))))
        .collect();
    let template = plan.as_ref().and_then(|plan| plan.template);
    let template = RwSignal::new(template.map(|id| id.to_string()).unwrap_or_default());
    let machines = RwSignal::new(Some(plan.as_ref().map_or(1, |plan| plan.max_machines)));
    let trial = RwSignal::new(Some(plan.as_ref().map_or(0, |plan| plan.plan.trial_days)));
    let offered = RwSignal::new(plan.as_ref().is_none_or(|plan| plan.plan.offered));
    let (errors, sender, toasts) = (FormErrors::new(), use_sender(), use_toasts());
    let (typed_rows, flags) = (rows.clone(), features.clone());
    let submit = move || {
        let mut prices = Vec::new();
        for (index, (amount, code)) in typed_rows.iter().enumerate() {
            let (amount, code) = (amount.get_untracked(), code.get_untracked());
            if amount.trim().is_empty() && (index > 0 || code.trim().is_empty()) {
                continue;
            }
            let price = Currency::parse(code.trim())
                .ok()
                .and_then(|currency| Money::parse_decimal(amount.trim(), currency).ok());
            match price {
                Some(price) => prices.push(price),
                None => errors.set(&price_field(index), text::PLAN_PRICE_WRONG),
            }
        }
        let form = SetOfflinePlan {
            name: name.get_untracked(),
            count: count.get_untracked().unwrap_or_default(),
            unit: unit.with_untracked(|unit| PlanUnit::parse(unit)).unwrap_or_default(),
            prices,
            template: template.with_untracked(|template| template.parse().ok()),
            features: flags.iter().map(|flag| flag.get_untracked()).collect(),
            max_machines: machines.get_untracked().unwrap_or_default(),
            trial_days: trial.get_untracked().unwrap_or_default(),
            offered: offered.get_untracked(),
        };
        if !errors.settle() {
            return;
        }
        let call = match id {
            Some(id) => changes::set_plan(id, &form),
            None => changes::add_plan(product, &form),
        };
        sender.submit(errors, call, move |_| {
            open.set(false);
            plans.again();
            toasts.good(text::PLAN_SAVED);
        });
    };
    let units: Vec<Choice> =
        PlanUnit::ALL.iter().map(|unit| Choice::new(unit.as_str(), unit.label())).collect();
    let prices = rows
        .into_iter()
        .enumerate()
        .map(|(index, (amount, code))| {
            view! {
                <FieldPair>
                    <TextField name=price_field(index) label=text::PLAN_PRICE value=amount max_length=20 />
                    <TextField name=format!("currency{index}") label=text::CURRENCY value=code max_length=3 />
                </FieldPair>
            }
        })
        .collect_view();
    let features = features
        .into_iter()
        .enumerate()
        .map(|(index, on)| {
            let own = names.get(index).cloned().unwrap_or_default();
            let label = if own.is_empty() { format!("F{}", index + 1) } else { own };
            view! { <CheckboxField name=format!("feature{}", index + 1) value=on>{label}</CheckboxField> }
        })
        .collect_view();
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField name="name" label=text::PLAN_NAME value=name max_length=100 required=true autofocus=true />
            <FieldPair>
                <NumberField name="count" label=text::PLAN_LENGTH value=count min=1 required=true />
                <SelectField name="unit" label=text::PLAN_UNIT value=unit options=Signal::stored(units) />
            </FieldPair>
            {prices}
            {template_field(template, templates)}
            // Hidden, not left out, so that what was ticked comes back.
            <div class="stack" hidden=move || !template.with(String::is_empty)>
                <fieldset class="plain">
                    <legend class="field-label">{text::PLAN_FEATURES}</legend>
                    {features}
                </fieldset>
                <NumberField
                    name="max_machines"
                    label=text::PLAN_MACHINES
                    value=machines
                    min=0
                    help=text::PLAN_MACHINES_HELP
                />
            </div>
            <NumberField
                name="trial_days"
                label=text::PLAN_TRIAL
                value=trial
                min=0
                max=730
                help=text::PLAN_TRIAL_HELP
            />
            <CheckboxField name="offered" value=offered>
                {text::PLAN_OFFERED}
            </CheckboxField>
            <DialogSaveRow open busy=sender.busy() />
        </Form>
    }
    .into_any()
}

/// What the keys are made from, where the product has licence templates.
fn template_field(template: RwSignal<String>, templates: Load<LicenceTemplates>) -> impl IntoView {
    let some =
        Memo::new(move |_| templates.with(|found| found.is_some_and(|found| !found.templates.is_empty())));
    let options = Signal::derive(move || {
        let found = templates.get().map(|found| found.templates).unwrap_or_default();
        let own = std::iter::once(Choice::new("", text::PLAN_NO_TEMPLATE));
        own.chain(found.into_iter().map(|found| Choice::new(found.id.to_string(), found.name))).collect()
    });
    move || {
        some.get().then(|| {
            view! { <SelectField name="template" label=text::PLAN_TEMPLATE value=template options /> }
        })
    }
}

fn price_field(index: usize) -> String {
    if index == 0 { "prices".to_owned() } else { format!("price{index}") }
}

fn unit_of(plan: &OfflinePlan) -> PlanUnit {
    use latchkey_shared::api::catalog::IntervalUnit;
    match plan.plan.interval.unit {
        IntervalUnit::Day | IntervalUnit::Week => PlanUnit::Day,
        IntervalUnit::Month => PlanUnit::Month,
        IntervalUnit::Year => PlanUnit::Year,
    }
}
