//! Use that is charged for: told to the meter of the subscription's price at Stripe, each record once.

use latchkey_shared::ids::SubscriptionId;
use latchkey_store::{
    Access,
    entity::{job, subscription, usage_record},
    stripe_catalog, stripe_customers, subscriptions, usage,
};
use latchkey_stripe::{BillingMeter, Raw, Subscription, params::MeterEventParams};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::{
    billing::accounts::{self, Connected},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    jobs::{self, NewJob},
    state::AppState,
};

/// The job's kind.
pub const JOB: &str = "stripe_usage";
/// What a price is called that is charged by use.
const METERED: &str = "metered";
/// Stripe's word for a record that it has already.
const DUPLICATE: &str = "duplicate_meter_event";

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Wanted {
    usage: i64,
    subscription: i64,
}

/// Whether a subscription may have a price that is charged by use. A price that is not mirrored here may be one.
pub async fn is_possible<C: ConnectionTrait>(
    connection: &C,
    contract: &subscription::Model,
) -> AppResult<bool> {
    let (Some(account), Some(_)) = (contract.account_id, &contract.stripe_id) else { return Ok(false) };
    let items = subscriptions::items(connection, &[contract.id]).await?;
    let prices = stripe_catalog::prices(connection, account).await?;
    let metered = |id: &str| {
        let price = prices.iter().find(|price| price.stripe_id == id);
        price.is_none_or(|price| price.usage_type == METERED)
    };
    Ok(items.iter().any(|item| item.stripe_price.as_deref().is_some_and(metered)))
}

/// Has Stripe told of a record, on the transaction that made it.
pub async fn enqueue<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    subscription: i64,
    usage: i64,
) -> AppResult<()> {
    let job = NewJob {
        kind: JOB,
        dedup_key: Some(format!("usage:{usage}")),
        payload: serde_json::to_value(Wanted { usage, subscription }).map_err(AppError::internal)?,
    };
    jobs::enqueue(connection, now, job).await
}

/// Does the job. An error means: try again.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let wanted: Wanted = serde_json::from_value(job.payload.clone()).map_err(AppError::internal)?;
    let Some(record) = usage::find(app.store.read(), wanted.usage).await? else { return Ok(()) };
    if record.reported_at.is_some() {
        return Ok(());
    }
    let id = SubscriptionId(wanted.subscription);
    let row = subscriptions::find(app.store.read(), Access::All, id).await?;
    let at_stripe = row.and_then(|row| Some((row.account_id?, row.stripe_id?, row.customer_id)));
    let Some((account, subscription, customer)) = at_stripe else { return Ok(()) };
    let connected = accounts::by_id(app, account).await?;
    let known = stripe_customers::of(app.store.read(), account, customer.into()).await?;
    let event = event(&connected, &subscription, known, &record).await?;
    let name = format!("{}:usage:{}", connected.account.stripe_id, record.id);
    if let Err(error) = connected.client.create_meter_event(&event, &name).await
        && error.code.as_deref() != Some(DUPLICATE)
    {
        return Err(error.into());
    }
    failpoint::at(Point::StripeTold);
    let transaction = app.store.begin().await?;
    usage::reported(&transaction, record.id, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}

/// What the meter of the subscription's price is to hear.
async fn event(
    connected: &Connected,
    subscription: &str,
    customer: Option<String>,
    record: &usage_record::Model,
) -> AppResult<MeterEventParams> {
    let found = connected.client.subscription(subscription, &[]).await?;
    let meter = meter(connected, &found).await?;
    let customer = customer.or_else(|| found.customer.as_ref().map(|customer| customer.id().to_owned()));
    let payload = [
        (meter.customer_key(), customer.unwrap_or_default()),
        (meter.value_key(), record.amount.to_string()),
    ];
    Ok(MeterEventParams {
        event_name: meter.event_name.clone(),
        // Stripe takes an identifier once; whatever is sent again is not counted twice.
        identifier: Some(format!("{subscription}:usage:{}", record.id)),
        timestamp: Some(record.recorded_at.div_euclid(1_000)),
        payload: payload.map(|(name, value)| (name.to_owned(), value)).into(),
    })
}

async fn meter(connected: &Connected, subscription: &Subscription) -> AppResult<Raw<BillingMeter>> {
    let prices = subscription.items.data.iter().filter_map(|item| item.price.as_ref());
    let meters = prices.filter_map(|price| price.recurring.as_ref()?.meter.clone());
    let Some(meter) = meters.into_iter().next() else {
        return Err(AppError::conflict(
            "no_meter",
            "No price of this subscription has a billing meter at Stripe, so its use cannot be charged.",
        ));
    };
    Ok(connected.client.billing_meter(&meter).await?)
}
