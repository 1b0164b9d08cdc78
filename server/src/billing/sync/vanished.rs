//! A subscription that Stripe no longer has.

use latchkey_engine::{
    entitlement::{Access, Entitlement},
    stripe_status::StripeStatus,
};
use latchkey_shared::time::Timestamp;
use latchkey_store::{customers, entity::subscription, subscription_keys, subscriptions as store};
use sea_orm::DatabaseTransaction;

use super::{contract, keys};
use crate::{error::AppResult, state::AppState};

/// Stripe no longer has it: what it paid for ends now.
pub(super) async fn vanished(
    app: &AppState,
    transaction: &DatabaseTransaction,
    mut row: subscription::Model,
    fetched_at: i64,
) -> AppResult<()> {
    let now = app.clock.now();
    let already = row.stripe_status.as_deref() == Some(StripeStatus::Canceled.as_str());
    row.fetched_at = Some(fetched_at);
    if !already {
        row.stripe_status = Some(StripeStatus::Canceled.as_str().to_owned());
        row.ended_at = Some(now);
        row.cancels_at = None;
        row.key_pending_since = None;
        row.updated_at = now;
    }
    let ties = subscription_keys::of_subscription(transaction, row.id).await?;
    let mut lead = None;
    for (_, key) in ties {
        let end = Timestamp::from_millis(row.ended_at.unwrap_or(now));
        let mut entitled = Entitlement {
            issue_key: false,
            access: Access::Ended,
            paid_through: row.paid_through.map(Timestamp::from_millis),
            expires: Some(key.expires_at.map_or(end, |expires| Timestamp::from_millis(expires).min(end))),
            ends_at: None,
            reasons: Vec::new(),
        };
        if let Some(extended) = key.extended_until.filter(|until| *until > now) {
            entitled.access = Access::Active;
            entitled.expires = Some(Timestamp::from_millis(extended));
        }
        lead = Some(keys::keep_in_step(transaction, (now, &keys::origin()), key, &entitled, None).await?);
    }
    let lead = lead.as_ref();
    let status = contract::standing_status(
        &row,
        lead.and_then(|key| key.expires_at),
        lead.and_then(|key| key.extended_until),
        now,
    );
    status.as_str().clone_into(&mut row.status);
    let customer = row.customer_id;
    store::save(transaction, row).await?;
    customers::refresh_headline(transaction, customer).await?;
    Ok(())
}
