//! Publishing a product and its plans to Stripe: first what would be made, then the press that makes it.

use latchkey_shared::{
    api::{
        catalog::Product,
        publish::{Publication, PublishAction, PublishProduct, PublishStep},
    },
    ids::{PlanId, ProductId, StripeAccountId},
    text::{changes::trial_of, publish as text},
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, load, products, use_sender},
    components::{
        Banner, Button, ButtonRow, CancelButton, Card, CheckboxField, Dialog, Glyph, Look, OutLink,
        SelectField, Tone, use_toasts,
    },
    pages::staff::{
        show::{self, every},
        stripe::account_choices,
    },
};

/// The card below the product's plans, with its dialog.
#[component]
pub fn PublishCard(id: ProductId, product: Load<Product>) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Card title=text::TITLE>
            <p class="muted">{text::ABOUT}</p>
            <ButtonRow>
                <Button icon=Glyph::Upload on_press=move || open.set(true)>
                    {text::OPEN}
                </Button>
            </ButtonRow>
        </Card>
        <Dialog open title=text::DIALOG wide=true>
            <Publish id product open />
        </Dialog>
    }
    .into_any()
}

#[component]
fn Publish(id: ProductId, product: Load<Product>, open: RwSignal<bool>) -> impl IntoView {
    let accounts = load(api::stripe::accounts);
    let chosen = RwSignal::new(String::new());
    let which = Memo::new(move |_| chosen.with(|number| number.parse::<StripeAccountId>().ok()));
    let publication = load(move || products::publication(id, which.get()));
    let several =
        Memo::new(move |_| accounts.with(|known| known.is_some_and(|known| known.accounts.len() > 1)));
    let choice = move || {
        several.get().then(|| {
            if chosen.with_untracked(String::is_empty)
                && let Some(first) = account_choices(accounts).into_iter().next()
            {
                chosen.set(first.value);
            }
            let options = Signal::derive(move || account_choices(accounts));
            view! { <SelectField name="account" label=text::INTO value=chosen options /> }
        })
    };
    let sender = use_sender();
    let toasts = use_toasts();
    let picks = StoredValue::new(Picks::new());
    let publish = move || {
        let form = PublishProduct { plans: Some(chosen_of(picks)) };
        sender.confirm(products::publish(id, which.get_untracked(), &form), move |_| {
            open.set(false);
            toasts.good(text::DONE);
            product.again();
        });
    };
    let problem = move || {
        sender.problem().get().map(|problem| {
            view! { <Banner tone=Tone::Bad title=problem.message alert=true /> }
        })
    };
    let pending =
        Signal::derive(move || publication.with(|shown| shown.is_some_and(Publication::is_pending)));
    let steps = publication.view(5, move |shown| view! { {move || steps(shown, picks)} }.into_any());
    view! {
        <div class="stack">
            {choice}
            {problem}
            {steps}
            <ButtonRow end=true>
                <CancelButton open />
                <Button
                    look=Look::Primary
                    busy=sender.busy()
                    disabled=Signal::derive(move || !pending.get())
                    on_press=publish
                >
                    {text::PUBLISH}
                </Button>
            </ButtonRow>
        </div>
    }
    .into_any()
}

/// Which plans are to be published, those with something to do.
type Picks = Vec<(PlanId, RwSignal<bool>)>;

fn chosen_of(picks: StoredValue<Picks>) -> Vec<PlanId> {
    picks.with_value(|picks| {
        picks.iter().filter(|(_, pick)| pick.get_untracked()).map(|(plan, _)| *plan).collect()
    })
}

fn steps(shown: Shown<Publication>, picks: StoredValue<Picks>) -> AnyView {
    let publication = shown.get();
    let no_plans = publication.steps.len() < 2;
    let pending = publication.is_pending();
    let mut open: Picks = Vec::new();
    for step in &publication.steps {
        let to_do = matches!(step.action, PublishAction::Create | PublishAction::FillIn);
        if let Some(plan) = step.plan.filter(|plan| to_do && !open.iter().any(|(known, _)| known == plan)) {
            open.push((plan, RwSignal::new(true)));
        }
    }
    picks.set_value(open.clone());
    let choice = (open.len() > 1).then(|| choice(&open, &publication.steps));
    view! {
        {choice}
        <ul class="publish-steps">{publication.steps.into_iter().map(step).collect_view()}</ul>
        {no_plans.then(|| view! { <p class="muted">{text::NO_PLANS}</p> })}
        {(!pending).then(|| view! { <p>{text::NOTHING}</p> })}
    }
    .into_any()
}

/// The plans to choose from.
fn choice(open: &Picks, steps: &[PublishStep]) -> AnyView {
    let field = |(plan, pick): &(PlanId, RwSignal<bool>)| {
        let name = steps.iter().find(|step| step.plan == Some(*plan)).map(|step| step.name.clone());
        view! { <CheckboxField name=["plan", &plan.to_string()].concat() value=*pick>{name}</CheckboxField> }
    };
    view! {
        <fieldset class="plain">
            <legend class="field-label">{text::WHICH}</legend>
            {open.iter().map(field).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn step(step: PublishStep) -> AnyView {
    let tone = match step.action {
        PublishAction::Create => Tone::Accent,
        PublishAction::FillIn => Tone::Notice,
        PublishAction::There => Tone::Good,
        PublishAction::Cannot => Tone::Neutral,
    };
    let costs = match step.price.zip(step.interval) {
        Some((price, interval)) => {
            let often = every(&interval);
            let trial = (step.trial_days > 0).then(|| [" · ", &trial_of(step.trial_days)].concat());
            view! { {show::money(price)} " " <span class="muted">{often} {trial}</span> }.into_any()
        }
        None => show::quiet(text::PRODUCT),
    };
    let at_stripe = step.url.zip(step.stripe_id).map(|(href, id)| view! { <OutLink href>{id}</OutLink> });
    let metadata = (step.action != PublishAction::Cannot).then(|| {
        view! {
            <code class="publish-metadata" title=text::METADATA>
                {step.metadata}
            </code>
        }
    });
    view! {
        <li>
            <p class="publish-line">
                {show::badge(tone, text::action(step.action))} <strong>{step.name}</strong> <span>{costs}</span>
                {at_stripe}
            </p>
            {metadata}
            {step.problem.map(|problem| view! { <p class="muted">{problem}</p> })}
        </li>
    }
    .into_any()
}
