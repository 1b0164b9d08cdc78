//! What programs report about their use: events for the vendor's statistics, and use that is charged for.

use latchkey_store::{
    entity::{app_event, licence_key, usage_record},
    subscription_keys, subscriptions, usage as store,
};
use sea_orm::ActiveValue::{NotSet, Set};

use crate::{billing::metering, clock::DAY, error::AppResult, state::AppState, vendor};

/// One event.
#[derive(Clone, Debug, Default)]
pub struct Event {
    pub feature: String,
    pub name: String,
    pub value: i64,
    pub currency: String,
    pub metadata: String,
    /// When it happened; `None`: now.
    pub at: Option<i64>,
}

/// Whom events are about.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub token: Option<i64>,
    pub product: Option<i64>,
    pub key: Option<i64>,
    pub machine: String,
}

/// Keeps events. A time in the future is now.
pub async fn register(app: &AppState, about: &About, events: Vec<Event>) -> AppResult<()> {
    let now = app.clock.now();
    let row = |event: Event| app_event::ActiveModel {
        id: NotSet,
        at: Set(event.at.map_or(now, |at| Ord::min(at, now))),
        token_id: Set(about.token),
        product_id: Set(about.product),
        key_id: Set(about.key),
        machine_code: Set(about.machine.clone()),
        feature_name: Set(event.feature),
        event_name: Set(event.name),
        value: Set(event.value),
        currency: Set(event.currency),
        metadata: Set(event.metadata),
    };
    let transaction = app.store.begin().await?;
    store::insert_events(&transaction, events.into_iter().map(row).collect()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Removes events older than the vendor keeps, some in each transaction.
pub async fn sweep(app: &AppState) -> AppResult<()> {
    let before = app.clock.now() - vendor::load(app.store.read()).await?.app_event_days * DAY;
    loop {
        let transaction = app.store.begin().await?;
        let gone = store::sweep(&transaction, before).await?;
        transaction.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

/// Why use was not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No subscription in force pays for the key.
    NoSubscription,
    /// One does, but none of its prices is charged by use.
    NotMetered,
}

/// Records use of a key that a subscription in force pays for. A job of the same transaction tells Stripe.
pub async fn record(app: &AppState, key: &licence_key::Model, amount: i64) -> AppResult<Result<(), Refusal>> {
    let transaction = app.store.begin().await?;
    let Some(tie) = subscription_keys::of_key(&transaction, key.id).await? else {
        return Ok(Err(Refusal::NoSubscription));
    };
    let contract =
        subscriptions::find(&transaction, latchkey_store::Access::All, tie.subscription_id.into()).await?;
    let Some(contract) = contract.filter(|contract| contract.ended_at.is_none()) else {
        return Ok(Err(Refusal::NoSubscription));
    };
    if !metering::is_possible(&transaction, &contract).await? {
        return Ok(Err(Refusal::NotMetered));
    }
    let row = usage_record::ActiveModel {
        id: NotSet,
        key_id: Set(key.id),
        amount: Set(amount),
        recorded_at: Set(app.clock.now()),
        reported_at: Set(None),
    };
    let row = store::record(&transaction, row).await?;
    metering::enqueue(&transaction, app.clock.now(), contract.id, row.id).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(Ok(()))
}
