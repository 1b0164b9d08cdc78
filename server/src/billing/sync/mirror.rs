//! The subscription and its items as they stand at Stripe, kept here.

use latchkey_engine::{
    entitlement::{Contract, Entitlement},
    stripe_status::StripeStatus,
};
use latchkey_shared::{ids::CustomerId, time::Timestamp};
use latchkey_store::{
    entity::{subscription, subscription_item},
    subscriptions as store,
};
use latchkey_stripe::Subscription;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use super::items::Item;
use crate::error::AppResult;

/// What of a subscription is kept.
pub struct Picture<'a> {
    pub account: i64,
    pub customer: CustomerId,
    pub subscription: &'a Subscription,
    pub contract: &'a Contract,
    pub entitlement: &'a Entitlement,
    pub fetched_at: i64,
}

/// Writes the row; status and waiting keys are settled later in the same transaction.
pub async fn keep<C: ConnectionTrait>(
    connection: &C,
    before: Option<subscription::Model>,
    picture: &Picture<'_>,
    now: i64,
) -> AppResult<subscription::Model> {
    let from = picture.subscription;
    let millis = |time: Option<Timestamp>| time.map(Timestamp::millis);
    let pause = from
        .pause_collection
        .as_ref()
        .map(|pause| json!({"behavior": pause.behavior, "resumes_at": pause.resumes_at}));
    let Some(mut row) = before else {
        let row = subscription::ActiveModel {
            id: NotSet,
            customer_id: Set(picture.customer.0),
            account_id: Set(Some(picture.account)),
            stripe_id: Set(Some(from.id.clone())),
            status: Set("pending_start".to_owned()),
            stripe_status: Set(Some(from.status.as_str().to_owned())),
            paid_through: Set(millis(picture.entitlement.paid_through)),
            trial_ends_at: Set(millis(picture.contract.trial_end)),
            needs_card: Set(needs_card(picture.contract)),
            cancels_at: Set(millis(picture.entitlement.ends_at)),
            ended_at: Set(millis(picture.contract.ended_at)),
            key_pending_since: Set(None),
            pause: Set(pause),
            metadata: Set(json!(from.metadata)),
            fetched_at: Set(Some(picture.fetched_at)),
            created_at: Set(picture.contract.started_at.millis()),
            updated_at: Set(now),
        };
        return Ok(store::insert(connection, row).await?);
    };
    row.customer_id = picture.customer.0;
    row.stripe_status = Some(from.status.as_str().to_owned());
    row.paid_through = millis(picture.entitlement.paid_through);
    row.trial_ends_at = millis(picture.contract.trial_end);
    row.needs_card = needs_card(picture.contract);
    row.cancels_at = millis(picture.entitlement.ends_at);
    row.ended_at = millis(picture.contract.ended_at);
    row.pause = pause;
    row.metadata = json!(from.metadata);
    row.fetched_at = Some(picture.fetched_at);
    row.created_at = picture.contract.started_at.millis();
    Ok(row)
}

/// Whether the trial ends in nothing unless a card is left.
fn needs_card(contract: &Contract) -> bool {
    contract.status == StripeStatus::Trialing && !contract.has_payment_method
}

/// Writes the items.
pub async fn keep_items<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    existing: &[subscription_item::Model],
    items: &[Item],
) -> AppResult<()> {
    let wanted = items.iter().map(|item| subscription_item::ActiveModel {
        id: NotSet,
        subscription_id: Set(subscription),
        stripe_id: Set(Some(item.stripe_id.clone())),
        stripe_price: Set(Some(item.price.clone())),
        plan_id: Set(item.plan),
        product_id: Set(item.product()),
        product_name: Set(item.product_name.clone()),
        plan_name: Set(item.plan_name.clone()),
        quantity: Set(item.quantity),
        currency: Set(item.currency.to_uppercase()),
        amount: Set(item.amount),
        interval_unit: Set(item.interval_unit.clone()),
        interval_count: Set(item.interval_count),
        period_end: Set(item.period_end.map(Timestamp::millis)),
    });
    store::replace_items(connection, existing, wanted.collect(), subscription_item::Column::StripeId).await?;
    Ok(())
}
