//! Time that is given to the keys of a subscription that Stripe bills: no sync takes it back.

use latchkey_shared::ids::SubscriptionId;
use latchkey_store::{
    entity::{licence_key, subscription},
    keys as key_store, subscription_keys,
    sync_jobs::Target,
};
use sea_orm::DatabaseTransaction;

use crate::{
    billing::work,
    error::{AppError, AppResult},
    state::AppState,
};

/// Until when it works as things stand: with grace, or what was given already.
pub async fn end(app: &AppState, row: &subscription::Model) -> AppResult<Option<i64>> {
    let keys = subscription_keys::of_subscription(app.store.read(), row.id).await?;
    if keys.is_empty() {
        return Err(AppError::conflict("no_key", "There is no licence key to extend yet."));
    }
    let works = keys.iter().filter_map(|(_, key)| key.extended_until.max(key.expires_at)).max();
    Ok(works.max(row.paid_through))
}

/// Takes back what was given; the next sync sets what follows from it.
pub async fn take_back(transaction: &DatabaseTransaction, now: i64, id: SubscriptionId) -> AppResult<()> {
    for (_, key) in subscription_keys::of_subscription(transaction, id.0).await? {
        if key.extended_until.is_some() {
            let row = licence_key::Model { extended_until: None, ..key };
            key_store::save(transaction, row, now).await?.ok_or_else(AppError::stale)?;
        }
    }
    Ok(())
}

/// Gives the time, and has the subscription synced, which sets what follows from it.
pub async fn extend(
    transaction: &DatabaseTransaction,
    now: i64,
    row: &subscription::Model,
    until: i64,
) -> AppResult<()> {
    for (_, key) in subscription_keys::of_subscription(transaction, row.id).await? {
        let row = licence_key::Model {
            extended_until: Some(until),
            expires_at: key.expires_at.map(|expires| Ord::max(expires, until)),
            ..key
        };
        key_store::save(transaction, row, now).await?.ok_or_else(AppError::stale)?;
    }
    if let (Some(account), Some(stripe_id)) = (row.account_id, row.stripe_id.as_deref()) {
        work::request(transaction, &Target::subscription(account, stripe_id), now).await?;
    }
    Ok(())
}
