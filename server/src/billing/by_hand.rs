//! A key that staff made by hand for somebody whose subscription waits for one: the next sync takes it for the
//! missing one and writes its numbers to Stripe.

use latchkey_shared::ids::CustomerId;
use latchkey_store::{subscriptions, sync_jobs::Target};
use sea_orm::ConnectionTrait;

use crate::{billing::work, error::AppResult};

/// Has the customer's subscriptions looked at that wait for a key, on the transaction that gave them one. Ring the
/// bell after the commit.
pub async fn key_was_given<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    customer: CustomerId,
) -> AppResult<()> {
    let rows = subscriptions::of_customer(connection, customer).await?;
    let waiting = rows.iter().filter(|row| row.key_pending_since.is_some());
    let waiting = waiting.filter_map(|row| Some((row.account_id?, row.stripe_id.as_deref()?)));
    let waiting = waiting.map(|(account, id)| Target::subscription(account, id));
    work::request_all(connection, waiting, now).await?;
    Ok(())
}
