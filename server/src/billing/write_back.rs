//! Telling Stripe the numbers of the keys that were made: both ids on the subscription, and the placeholder
//! away, in one call; the ids of further products on their items.

use latchkey_shared::{attention::AttentionCode, ids::SubscriptionId};
use latchkey_store::{
    Access,
    attention::{self, NewRow},
    entity::{job, licence_key, subscription},
    subscription_keys, subscriptions,
};
use latchkey_stripe::{
    Metadata, StripeError,
    params::{UpdateSubscription, UpdateSubscriptionItem},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    billing::accounts,
    error::{AppError, AppResult},
    jobs::{self, NewJob},
    state::AppState,
};

/// The job's kind.
pub const JOB: &str = "stripe_write_back";

/// Enqueues the write-back of a subscription's keys; the first is the base's.
pub async fn enqueue<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    subscription: i64,
    keys: &[licence_key::Model],
) -> AppResult<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
    let names: Vec<String> = ids.iter().map(i64::to_string).collect();
    let job = NewJob {
        kind: JOB,
        // A key that is made while an earlier write-back runs needs one of its own.
        dedup_key: Some(format!("write_back:{subscription}:{}", names.join("+"))),
        payload: json!({"subscription": subscription, "keys": ids}),
    };
    jobs::enqueue(connection, now, job).await
}

/// Does the job. An error means: try again.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let Some(subscription) = subscription_of(app, job).await? else { return Ok(()) };
    let (Some(account), Some(stripe_id)) = (subscription.account_id, subscription.stripe_id.clone()) else {
        return Ok(());
    };
    let connected = accounts::by_id(app, account).await?;
    let wanted: Vec<i64> = serde_json::from_value(job.payload["keys"].clone()).map_err(AppError::internal)?;
    let ties = subscription_keys::of_subscription(app.store.read(), subscription.id).await?;
    let key = |id: &i64| ties.iter().find(|(_, key)| key.id == *id).map(|(_, key)| key.clone());
    let keys: Vec<licence_key::Model> = wanted.iter().filter_map(key).collect();
    let Some((base, others)) = keys.split_first() else { return Ok(()) };

    let name = |part: &str| format!("{}:meta:{part}:{}", connected.account.stripe_id, job.id);
    let mut change = UpdateSubscription { metadata: ids(base), ..UpdateSubscription::default() };
    change.metadata.insert("skm_temp_var".to_owned(), String::new());
    let told = connected.client.update_subscription(&stripe_id, &change, Some(&name(&stripe_id))).await;
    if let Err(error) = told {
        return refused(app, &subscription, account, &stripe_id, error).await;
    }
    for other in others {
        let Some(item) = item_of(app, &subscription, other).await? else { continue };
        let change = UpdateSubscriptionItem { metadata: ids(other), ..UpdateSubscriptionItem::default() };
        if let Err(error) = connected.client.update_subscription_item(&item, &change, Some(&name(&item))).await {
            return refused(app, &subscription, account, &stripe_id, error).await;
        }
    }

    let now = app.clock.now();
    let written: Vec<i64> = keys.iter().map(|key| key.id).collect();
    let transaction = app.store.begin().await?;
    subscription_keys::written_back(&transaction, subscription.id, &written, now).await?;
    let healed = [AttentionCode::WriteBackRefused.as_str()];
    attention::heal(&transaction, now, account, &stripe_id, &healed).await?;
    transaction.commit().await?;
    Ok(())
}

/// After the last try.
pub async fn give_up(app: &AppState, job: &job::Model, error: &AppError) -> AppResult<()> {
    let Some(subscription) = subscription_of(app, job).await? else { return Ok(()) };
    if let (Some(account), Some(stripe_id)) = (subscription.account_id, &subscription.stripe_id) {
        show(app, &subscription, account, stripe_id, &error.to_string()).await?;
    }
    Ok(())
}

async fn subscription_of(app: &AppState, job: &job::Model) -> AppResult<Option<subscription::Model>> {
    let id = job.payload["subscription"].as_i64().ok_or_else(|| AppError::internal("a write-back names nothing"))?;
    Ok(subscriptions::find(app.store.read(), Access::All, SubscriptionId(id)).await?)
}

/// What will not succeed by trying again goes in front of a person at once.
async fn refused(
    app: &AppState,
    subscription: &subscription::Model,
    account: i64,
    stripe_id: &str,
    error: StripeError,
) -> AppResult<()> {
    if error.is_retryable() {
        return Err(error.into());
    }
    show(app, subscription, account, stripe_id, &error.message).await
}

async fn show(
    app: &AppState,
    subscription: &subscription::Model,
    account: i64,
    stripe_id: &str,
    why: &str,
) -> AppResult<()> {
    let row = NewRow {
        code: AttentionCode::WriteBackRefused.as_str(),
        account: Some(account),
        stripe_id,
        customer: Some(subscription.customer_id),
        subscription: Some(subscription.id),
        detail: why.to_owned(),
    };
    let transaction = app.store.begin().await?;
    attention::raise(&transaction, app.clock.now(), row).await?;
    transaction.commit().await?;
    Ok(())
}

async fn item_of(
    app: &AppState,
    subscription: &subscription::Model,
    key: &licence_key::Model,
) -> AppResult<Option<String>> {
    let items = subscriptions::items(app.store.read(), &[subscription.id]).await?;
    let item = items.into_iter().find(|item| item.product_id == Some(key.product_id));
    Ok(item.and_then(|item| item.stripe_id))
}

fn ids(key: &licence_key::Model) -> Metadata {
    Metadata::from([
        ("skm_key_id".to_owned(), key.number.to_string()),
        ("skm_key_globalid".to_owned(), key.id.to_string()),
    ])
}
