//! Subscriptions, card and invoices.

mod card;
mod invoices;
mod subscription;

use std::time::Duration;

use latchkey_shared::{api::portal::Billing, text::portal::billing as words};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, load},
    components::{ButtonLink, Columns, EmptyState, Glyph, Look, PageHeader, SkeletonCard},
};
use invoices::Invoices;

const ASK_EVERY: Duration = Duration::from_secs(5);

/// `/Portal/Billing`. What changes at Stripe appears by itself.
#[component]
pub fn BillingPage() -> impl IntoView {
    let billing = load(api::portal::billing).poll(true, ASK_EVERY);
    let waiting = || view! { <SkeletonCard lines=3 /><SkeletonCard lines=5 /> }.into_any();
    view! {
        <PageHeader title=words::TITLE />
        {billing.view_or(waiting, move |shown| page(billing, shown))}
    }
    .into_any()
}

fn page(billing: Load<Billing>, shown: Shown<Billing>) -> AnyView {
    let held = Memo::new(move |_| shown.with(|billing| billing.subscriptions.clone()));
    let card = Memo::new(move |_| shown.with(|billing| (billing.card.clone(), billing.can_manage)));
    let invoices = Memo::new(move |_| shown.with(|billing| billing.invoices.clone()));
    let subscriptions = move || {
        let held = held.get();
        if held.is_empty() {
            return none();
        }
        held.into_iter().map(|held| subscription::card(billing, held)).collect_view().into_any()
    };
    let aside =
        move || view! { {move || card.with(|(card, can_manage)| card::card(card.as_ref(), *can_manage))} };
    view! {
        <Columns aside>
            {subscriptions}
            <Invoices invoices=invoices.into() />
        </Columns>
    }
    .into_any()
}

fn none() -> AnyView {
    view! {
        <section class="card">
            <EmptyState title=words::NO_SUBSCRIPTIONS body=words::NO_SUBSCRIPTIONS_BODY glyph=Glyph::Subscription>
                <ButtonLink href="/Portal/Plans" look=Look::Primary>
                    {words::SEE_PLANS}
                </ButtonLink>
            </EmptyState>
        </section>
    }
    .into_any()
}
