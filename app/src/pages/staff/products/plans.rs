//! A product's plans.

use latchkey_shared::{
    api::catalog::{Plan, Product},
    permission::Permission,
    text::products as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{ButtonLink, Column, DataTable, EmptyState, Glyph, OutLink, Row, Tag, Tone},
    pages::staff::show::{self, may},
};

#[component]
pub fn Plans(product: Shown<Product>) -> impl IntoView {
    let columns = vec![
        Column::new(text::PLAN),
        Column::new(text::PRICE).right().fact(),
        Column::new(text::TRIAL),
        Column::new(text::INCLUDES),
        Column::new(text::STATE).fact(),
        Column::new(text::STRIPE),
    ];
    let rows = Signal::derive(move || {
        Some(
            product
                .get()
                .plans
                .iter()
                .filter(|plan| plan.stripe_price.is_some())
                .map(row)
                .collect::<Vec<_>>(),
        )
    });
    let some_not_offered = move || {
        product.with(|product| product.plans.iter().any(|plan| !plan.offered && plan.stripe_price.is_some()))
    };
    view! {
        <DataTable label=text::PLANS columns rows empty=ViewFn::from(empty) />
        <Show when=move || some_not_offered() && may(Permission::StripeRead)>
            <p class="muted">
                <a href="/Stripe">{text::WHY_NOT}</a>
            </p>
        </Show>
    }
}

fn empty() -> AnyView {
    let check = may(Permission::StripeRead)
        .then(|| view! { <ButtonLink href="/Stripe">{text::OPEN_CHECK}</ButtonLink> });
    view! {
        <EmptyState title=text::PLANS_EMPTY_TITLE body=text::PLANS_EMPTY_BODY glyph=Glyph::Card>
            {check}
        </EmptyState>
    }
    .into_any()
}

fn row(plan: &Plan) -> Row {
    let (price, every) = (plan.price, show::every(&plan.interval));
    let (trial, includes) = (plan.trial_days, plan.includes.clone());
    let (offered, stripe) = (plan.offered, plan.stripe_url.clone());
    Row::new(plan.id)
        .text(plan.name.clone())
        .cell(move || {
            view! { {show::money(price)} " " <span class="muted">{every.clone()}</span> }.into_any()
        })
        .cell(move || if trial > 0 { text::days(trial).into_any() } else { show::quiet(text::NO_TRIAL) })
        .cell(move || {
            let tags = includes.iter().map(|part| view! { <Tag text=part.clone() /> }).collect_view();
            view! { <span class="tags">{tags}</span> }.into_any()
        })
        .cell(move || offered_badge(offered))
        .cell(move || {
            stripe.clone().map(|href| view! { <OutLink href>{text::OPEN_IN_STRIPE}</OutLink> }).into_any()
        })
}

fn offered_badge(offered: bool) -> AnyView {
    if offered {
        show::badge(Tone::Good, text::OFFERED)
    } else {
        show::badge(Tone::Notice, text::NOT_OFFERED)
    }
}
