//! A new subscription that is billed offline.

use latchkey_shared::{
    api::{
        catalog::Interval,
        changes::{AddSubscription, OfflinePlan, OfflinePlans, WantedItem},
    },
    change::PaidBy,
    ids::CustomerId,
    money::Currency,
    permission::Permission,
    text::{changes as text, customers},
    time::Date,
};
use leptos::prelude::*;

use super::{
    change::draw_preview,
    extras::{Extra, wanted},
    fields::{reason_field, reference_field},
};
use crate::{
    api::{Shown, changes, load, use_sender},
    components::{
        Banner, Button, ButtonLink, ButtonRow, Card, CheckboxField, Choice, ChoiceCards, Crumb, DateField,
        EmptyState, Form, FormErrors, Glyph, Look, NumberField, PageHeader, SelectField, Spinner, Tone,
        format_money, use_toasts, words,
    },
    pages::staff::show::{every, may},
    routes::{use_go, use_id},
};

/// When it begins.
const NOW: &str = "now";
const ON_DAY: &str = "day";
const AT_SIGN_IN: &str = "sign_in";

#[component]
pub fn AddSubscriptionPage() -> impl IntoView {
    let id = use_id::<CustomerId>();
    let plans = load(changes::plans);
    plans.page(text::ADD_TITLE, 10, move |data| {
        let to_customer = ["/Customers/", &id.get().to_string()].concat();
        let number = ["#", &id.get().to_string()].concat();
        view! {
            <PageHeader
                title=text::ADD_TITLE
                crumbs=vec![Crumb::new(customers::TITLE, "/Customers"), Crumb::new(number, to_customer)]
            />
            <p class="muted">{text::ADD_HELP}</p>
            {body(id.get_untracked(), data)}
        }
        .into_any()
    })
}

fn body(customer: CustomerId, data: Shown<OfflinePlans>) -> AnyView {
    let offered = data.get_untracked().plans.into_iter().filter(|plan| plan.plan.offered);
    let (plans, extras): (Vec<OfflinePlan>, Vec<OfflinePlan>) = offered.partition(|plan| plan.is_base);
    if plans.is_empty() {
        return view! {
            <EmptyState title=text::NO_PLANS_TITLE body=text::NO_PLANS_BODY glyph=Glyph::Card>
                <ButtonLink href="/Products">{text::OPEN_PRODUCTS}</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let first = &plans[0];
    let plan = RwSignal::new(first.plan.id.to_string());
    let quantity = RwSignal::new(Some(1_i64));
    let currency = RwSignal::new(first.plan.price.currency.code().to_owned());
    let begins = RwSignal::new(NOW.to_owned());
    let starts = RwSignal::new(String::new());
    let trial = RwSignal::new(false);
    let trials: Vec<(String, i64)> =
        plans.iter().map(|option| (option.plan.id.to_string(), option.plan.trial_days)).collect();
    // Of the plan that is chosen.
    let trial_days = Memo::new(move |_| {
        plan.with(|plan| trials.iter().find(|(id, _)| id == plan).map_or(0, |(_, days)| *days))
    });
    let paid_by = RwSignal::new(PaidBy::default().as_str().to_owned());
    let extras = Extras::new(extras, &plans, plan, currency);
    let (reference, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = move |dry_run: bool| {
        let base = plan.with(|plan| plan.parse::<i64>().ok())?;
        let mut items = vec![wanted(base, quantity.get())?];
        items.extend(extras.wanted()?);
        Some(AddSubscription {
            items,
            currency: currency.with(|code| Currency::parse(code).ok()),
            starts: starts
                .with(|day| day.parse::<Date>().ok())
                .filter(|_| begins.with(|begins| begins == ON_DAY)),
            at_sign_in: begins.with(|begins| begins == AT_SIGN_IN),
            trial: trial.get() && trial_days.get() > 0 && begins.with(|begins| begins != AT_SIGN_IN),
            paid_by: paid_by.with(|word| PaidBy::parse(word)).unwrap_or_default(),
            dry_run,
            ..AddSubscription::default()
        })
    };
    let shown = load(move || form(true).map(|form| changes::add(customer, &form)));
    let preview = Signal::derive(move || {
        shown.failure().is_none().then(|| shown.get().map(|added| added.preview)).flatten()
    });
    let (errors, sender, toasts, go) = (FormErrors::new(), use_sender(), use_toasts(), use_go());
    let submit = move || {
        let (Some(preview), Some(form)) = (preview.get_untracked(), untrack(|| form(false))) else { return };
        let form_waits = form.at_sign_in;
        let form = AddSubscription {
            reference: reference.get_untracked(),
            reason: reason.get_untracked(),
            digest: preview.quote.digest,
            ..form
        };
        sender.send(changes::add(customer, &form), move |answer| match answer {
            Ok(added) => {
                toasts.good(if form_waits { text::AGREED } else { text::ADDED });
                let id = added.subscription.map_or(String::new(), |id| id.to_string());
                go.run((["/Subscriptions/", &id].concat(),));
            }
            Err(problem) => {
                if problem.code() == "quote_changed" {
                    shown.again();
                }
                errors.fail(problem.into());
            }
        });
    };
    let choices: Vec<Choice> = plans.iter().map(|plan| choice(plan, None)).collect();
    let of_plan = plans.clone();
    let currencies = Signal::derive(move || {
        let chosen = of_plan.iter().find(|option| plan.with(|plan| *plan == option.plan.id.to_string()));
        let prices = chosen.map(|option| option.prices.clone()).unwrap_or_default();
        prices
            .iter()
            .map(|price| Choice::new(price.currency.code(), price.currency.code()))
            .collect::<Vec<_>>()
    });
    let with_trial = move || {
        let days = trial_days.get();
        (days > 0 && begins.with(|begins| begins != AT_SIGN_IN)).then(|| {
            view! {
                <CheckboxField name="trial" value=trial help=text::TRIAL_HELP>
                    {text::with_trial(days)}
                </CheckboxField>
            }
        })
    };
    let methods: Vec<Choice> = PaidBy::ALL
        .iter()
        .filter(|by| **by != PaidBy::Free || may(Permission::MoneyWrite))
        .map(|by| Choice::new(by.as_str(), by.label()))
        .collect();
    let beginnings = vec![
        Choice::new(NOW, text::BEGINS_NOW),
        Choice::new(ON_DAY, text::BEGINS_ON_DAY),
        Choice::new(AT_SIGN_IN, text::BEGINS_AT_SIGN_IN).note(text::BEGINS_AT_SIGN_IN_NOTE),
    ];
    let pane = move || match (shown.failure(), preview.get()) {
        (Some(problem), _) => view! { <Banner tone=Tone::Notice title=problem.sentence() /> }.into_any(),
        (None, Some(preview)) => draw_preview(&preview),
        (None, None) => view! { <Spinner label=text::COMPUTING /> }.into_any(),
    };
    let back = ["/Customers/", &customer.to_string()].concat();
    view! {
        <div class="two-columns">
            <Card title=text::CHOOSE>
                <div class="stack">
                    <ChoiceCards name="plan" label=text::PLAN value=plan options=Signal::stored(choices) />
                    <NumberField name="quantity" label=text::QUANTITY value=quantity min=1 max=10_000 />
                    <SelectField name="currency" label=text::CURRENCY value=currency options=currencies />
                    {extras.draw()}
                    <ChoiceCards name="begins" label=text::BEGINS value=begins options=Signal::stored(beginnings) />
                    <Show when=move || begins.with(|begins| begins == ON_DAY)>
                        <DateField name="starts" label=text::STARTS value=starts help=text::STARTS_HELP />
                    </Show>
                    {with_trial}
                    <SelectField name="paid_by" label=text::PAID_BY value=paid_by options=Signal::stored(methods) />
                </div>
            </Card>
            <Card title=text::PREVIEW>
                <div aria-live="polite">{pane}</div>
                <Form errors busy=sender.busy() on_submit=submit>
                    {reference_field(reference)}
                    {reason_field(reason, false)}
                    <ButtonRow>
                        <Button
                            submit=true
                            look=Look::Primary
                            busy=sender.busy()
                            disabled=Signal::derive(move || preview.with(Option::is_none))
                        >
                            {text::ADD_BUTTON}
                        </Button>
                        <ButtonLink href=back look=Look::Quiet>
                            {words::CANCEL}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// The extras that can go with the plan that is chosen. A copyable handle.
#[derive(Clone, Copy)]
struct Extras {
    all: StoredValue<Vec<(OfflinePlan, Extra)>>,
    /// How often the chosen plan is paid.
    interval: Memo<Option<Interval>>,
    currency: RwSignal<String>,
}

impl Extras {
    fn new(
        extras: Vec<OfflinePlan>,
        bases: &[OfflinePlan],
        plan: RwSignal<String>,
        currency: RwSignal<String>,
    ) -> Self {
        let all = extras.into_iter().map(|option| (option.clone(), Extra::new(option.plan.id.0, None)));
        let rhythms: Vec<_> =
            bases.iter().map(|base| (base.plan.id.to_string(), base.plan.interval.clone())).collect();
        let interval = Memo::new(move |_| {
            plan.with(|plan| rhythms.iter().find(|(id, _)| id == plan).map(|(_, interval)| interval.clone()))
        });
        Self { all: StoredValue::new(all.collect()), interval, currency }
    }

    /// Those that are paid as often and in the same currency, tracked.
    fn fitting(self) -> Vec<(OfflinePlan, Extra)> {
        let (interval, currency) = (self.interval.get(), self.currency.get());
        let mut fitting = self.all.get_value();
        fitting.retain(|(option, _)| {
            Some(&option.plan.interval) == interval.as_ref()
                && option.prices.iter().any(|price| price.currency.code() == currency)
        });
        fitting
    }

    /// What of them is wanted, tracked; nothing while a number is missing.
    fn wanted(self) -> Option<Vec<WantedItem>> {
        self.fitting()
            .into_iter()
            .filter(|(_, extra)| extra.is_on())
            .map(|(_, extra)| extra.wanted())
            .collect()
    }

    fn draw(self) -> AnyView {
        let rows = move || {
            let fitting = self.fitting();
            let row = |(option, extra): &(OfflinePlan, Extra)| {
                let shown = choice(option, Some(&self.currency.get()));
                extra.draw([&shown.label, " · ", shown.note.as_deref().unwrap_or_default()].concat())
            };
            let rows = fitting.iter().map(row).collect_view();
            (!fitting.is_empty()).then(|| view! { <h3>{text::EXTRAS}</h3> {rows} })
        };
        view! { {rows} }.into_any()
    }
}

/// A plan with its price: in this currency, or else its first.
fn choice(option: &OfflinePlan, currency: Option<&str>) -> Choice {
    let plan = &option.plan;
    let label = [&plan.product_name, " · ", &plan.name].concat();
    let in_currency = option.prices.iter().find(|price| Some(price.currency.code()) == currency);
    let price = in_currency.copied().unwrap_or(plan.price);
    let price = format_money(price.minor, price.currency.code());
    Choice::new(plan.id.to_string(), label).note([&price, " ", &every(&plan.interval)].concat())
}
