//! The plans on offer, side by side.

use latchkey_shared::{
    api::{catalog::Plan, portal::PlanGroup},
    text::portal::home as words,
};
use leptos::prelude::*;

use super::sentence;
use crate::components::{Badge, Button, ButtonLink, Glyph, Icon, Look, Tone};

/// Every product with its plans. `choosing` is the id of the plan whose checkout is being opened; meanwhile no other can
/// be chosen. Without `can_buy` the plans are only shown.
#[component]
pub fn PlanCards(
    groups: Vec<PlanGroup>,
    can_buy: bool,
    choosing: Signal<Option<i64>>,
    on_choose: Callback<(i64,)>,
) -> impl IntoView {
    let for_sale = can_buy && groups.iter().any(|group| !group.subscribed);
    let draw = |group: PlanGroup| {
        let subscribed = group.subscribed;
        let for_sale = can_buy && !subscribed;
        let yours = group.yours;
        let card = |plan: Plan| {
            let yours = yours.contains(&plan.id);
            view! { <PlanCard plan yours for_sale choosing on_choose /> }
        };
        view! {
            <section class="plan-group">
                <header class="plan-group-head">
                    <h2>{group.name}</h2>
                    {subscribed.then(|| view! { <Badge tone=Tone::Good text=words::SUBSCRIBED /> })}
                </header>
                {(!group.description.is_empty()).then(|| view! { <p class="plan-about">{group.description}</p> })}
                {subscribed
                    .then(|| view! { <ButtonLink href="/Portal/Billing">{words::SUBSCRIBED_MANAGE}</ButtonLink> })}
                <div class="plan-cards">{group.plans.into_iter().map(card).collect_view()}</div>
            </section>
        }
    };
    view! {
        <div class="plan-groups">{groups.into_iter().map(draw).collect_view()}</div>
        {for_sale.then(|| view! { <p class="quiet-note">{words::PAY_HINT}</p> })}
    }
}

#[component]
fn PlanCard(
    plan: Plan,
    /// The customer has it.
    yours: bool,
    /// Not while the customer has a live subscription to the plan's product.
    for_sale: bool,
    choosing: Signal<Option<i64>>,
    on_choose: Callback<(i64,)>,
) -> impl IntoView {
    let id = plan.id.0;
    let trial = plan.trial_days > 0 && for_sale;
    let include = |text| {
        view! {
            <li>
                <Icon glyph=Glyph::Check />
                <span>{text}</span>
            </li>
        }
    };
    let label = words::subscribe_to(&sentence::plan_title(&plan.product_name, &plan.name), trial);
    let button = move || {
        view! {
            <Button
                look=Look::Primary
                busy=Signal::derive(move || choosing.get() == Some(id))
                disabled=Signal::derive(move || choosing.get().is_some_and(|chosen| chosen != id))
                on_press=move || on_choose.run((id,))
            >
                {words::subscribe(trial)}
                <span class="unseen">{label}</span>
            </Button>
        }
    };
    view! {
        <article class="card plan" class:yours=yours>
            <div class="plan-head">
                <h3>{plan.name}</h3>
                {yours.then(|| view! { <Badge tone=Tone::Good text=words::YOURS /> })}
            </div>
            {trial.then(|| view! { <p class="plan-trial">{words::trial_days(plan.trial_days)}</p> })}
            <p class="plan-price">{sentence::price_per(plan.price, &plan.interval)}</p>
            {(!plan.includes.is_empty())
                .then(|| {
                    view! {
                        <ul class="plan-includes" aria-label=words::INCLUDES>
                            {plan.includes.into_iter().map(include).collect_view()}
                        </ul>
                    }
                })}
            {for_sale.then(button)}
        </article>
    }
}
