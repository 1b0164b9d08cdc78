//! Telling Stripe the numbers of the keys that were made: both ids on the subscription, and the placeholder
//! away, in one call; the ids of further products on their items.

use latchkey_shared::{attention::AttentionCode, ids::SubscriptionId};
use latchkey_store::{
    Access, attention as store,
    entity::{job, licence_key, subscription},
    subscription_keys, subscriptions,
};
use latchkey_stripe::{
    Metadata, StripeError,
    params::{UpdateSubscription, UpdateSubscriptionItem},
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use crate::{
    attention::{self, NewRow},
    billing::accounts,
    error::{AppError, AppResult},
    failpoint::{self, Point},
    jobs::{self, NewJob},
    state::AppState,
};

/// The job's kind.
pub const JOB: &str = "stripe_write_back";

/// Which numbers go where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub subscription: i64,
    /// The key whose numbers stand on the subscription itself.
    pub base: Option<i64>,
    /// Keys whose numbers stand on their items.
    pub others: Vec<i64>,
}

/// Enqueues a write-back on the caller's transaction.
pub async fn enqueue<C: ConnectionTrait>(connection: &C, now: i64, wanted: &Wanted) -> AppResult<()> {
    let keys: Vec<String> = wanted.base.iter().chain(&wanted.others).map(i64::to_string).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let all: Vec<i64> = wanted.base.iter().chain(&wanted.others).copied().collect();
    subscription_keys::to_be_told(connection, wanted.subscription, &all).await?;
    let job = NewJob {
        kind: JOB,
        // A key that is made while an earlier write-back runs needs one of its own.
        dedup_key: Some(format!("write_back:{}:{}", wanted.subscription, keys.join("+"))),
        payload: serde_json::to_value(wanted).map_err(AppError::internal)?,
    };
    jobs::enqueue(connection, now, job).await
}

/// Does the job. An error means: try again.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let wanted = wanted(job)?;
    let Some(subscription) = subscription_of(app, &wanted).await? else { return Ok(()) };
    let (Some(account), Some(stripe_id)) = (subscription.account_id, subscription.stripe_id.clone()) else {
        return Ok(());
    };
    let connected = accounts::by_id(app, account).await?;
    let ties = subscription_keys::of_subscription(app.store.read(), subscription.id).await?;
    // What a sync has meanwhile seen at Stripe need not be said again: a failure that Stripe keeps for the job's
    // name would be repeated for a day.
    let untold = |id: &i64| ties.iter().find(|(tie, _)| tie.key_id == *id && tie.written_back_at.is_none());
    let key = |id: &i64| untold(id).map(|(_, key)| key);
    // The job's number makes the name: the same for every try, another for the next job, since Stripe would
    // only repeat its answer to a name it knows.
    let name = |part: &str| format!("{}:meta:{part}:{}", connected.account.stripe_id, job.id);

    let mut written = Vec::new();
    if let Some(base) = wanted.base.as_ref().and_then(key) {
        let mut change = UpdateSubscription { metadata: ids(base), ..UpdateSubscription::default() };
        change.metadata.insert("skm_temp_var".to_owned(), String::new());
        let told = connected.client.update_subscription(&stripe_id, &change, Some(&name(&stripe_id))).await;
        if let Err(error) = told {
            return refused(app, &subscription, account, &stripe_id, error).await;
        }
        written.push(base.id);
    }
    for other in wanted.others.iter().filter_map(key) {
        let Some(item) = item_of(app, &subscription, other).await? else { continue };
        let change = UpdateSubscriptionItem { metadata: ids(other), ..UpdateSubscriptionItem::default() };
        let told = connected.client.update_subscription_item(&item, &change, Some(&name(&item))).await;
        if let Err(error) = told {
            return refused(app, &subscription, account, &stripe_id, error).await;
        }
        written.push(other.id);
    }

    failpoint::at(Point::StripeTold);
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    subscription_keys::written_back(&transaction, subscription.id, &written, now).await?;
    let healed = [AttentionCode::WriteBackRefused.as_str()];
    store::heal(&transaction, now, account, &stripe_id, &healed).await?;
    transaction.commit().await?;
    failpoint::at(Point::TellingNoted);
    Ok(())
}

/// After the last try.
pub async fn give_up(app: &AppState, job: &job::Model, error: &AppError) -> AppResult<()> {
    let Some(subscription) = subscription_of(app, &wanted(job)?).await? else { return Ok(()) };
    if let (Some(account), Some(stripe_id)) = (subscription.account_id, &subscription.stripe_id) {
        show(app, &subscription, account, stripe_id, &error.to_string()).await?;
    }
    Ok(())
}

fn wanted(job: &job::Model) -> AppResult<Wanted> {
    serde_json::from_value(job.payload.clone()).map_err(AppError::internal)
}

async fn subscription_of(app: &AppState, wanted: &Wanted) -> AppResult<Option<subscription::Model>> {
    let id = SubscriptionId(wanted.subscription);
    Ok(subscriptions::find(app.store.read(), Access::All, id).await?)
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
        occurrence: "",
        at_stake: None,
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
