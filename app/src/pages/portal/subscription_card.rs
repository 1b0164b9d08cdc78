//! What the customer has, in one sentence.

use latchkey_shared::{
    api::portal::PortalSubscription,
    text::{portal::home as words, subscriptions::with_extras},
};
use leptos::prelude::*;

use super::sentence;
use crate::components::{Badge, ButtonLink, Look, Ring, Spinner};

/// Plan, state in words, days left as a ring, and whether the key is still being made.
#[component]
pub fn SubscriptionCard(subscription: PortalSubscription) -> impl IntoView {
    let title = sentence::plan_title(&subscription.product_name, &subscription.plan_name);
    let title = with_extras(title, subscription.quantity, &subscription.extras);
    let tone = sentence::subscription_tone(subscription.status);
    let unpaid = sentence::needs_payment(&subscription);
    let ring = sentence::days_left(&subscription).map(|(left, of)| {
        let unit = if left == 1 { words::DAY_LEFT } else { words::DAYS_LEFT };
        view! { <Ring left of unit tone /> }
    });
    view! {
        <article class="card holding">
            <div class="holding-text">
                <h2>{title}</h2>
                <p class="holding-state">
                    <Badge tone text=subscription.status.label() />
                    <span>{sentence::state(&subscription)}</span>
                </p>
                {subscription.key_pending.then(|| view! { <Spinner label=words::KEY_ON_ITS_WAY /> })}
                {if unpaid {
                    view! {
                        <ButtonLink href="/Portal/Billing" look=Look::Primary>
                            {words::CHECK_CARD}
                        </ButtonLink>
                    }
                        .into_any()
                } else {
                    view! {
                        <ButtonLink href="/Portal/Billing" small=true>
                            {words::MANAGE}
                        </ButtonLink>
                    }
                        .into_any()
                }}
            </div>
            {ring}
        </article>
    }
}
