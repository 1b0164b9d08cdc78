//! When Latchkey looks at the subscription of a row again by itself: when its turn comes among those that wait to be
//! fetched, or, while it waits for a key, when the sweep of what waits here comes round to it.

use std::collections::HashMap;

use latchkey_store::{entity::attention, subscriptions, sync_jobs};
use sea_orm::ConnectionTrait;

use crate::{billing::reconcile::local, error::AppResult};

/// The time for each open row for which there is one, by the row's number.
pub async fn of<C: ConnectionTrait>(
    connection: &C,
    rows: &[attention::Model],
) -> AppResult<HashMap<i64, i64>> {
    let open: Vec<&attention::Model> = rows.iter().filter(|row| row.resolved_at.is_none()).collect();
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let named: Vec<&str> = open.iter().filter_map(|row| row.stripe_id.as_deref()).collect();
    let jobs = sync_jobs::waiting_subscriptions(connection, &named).await?;
    let ids: Vec<i64> = open.iter().filter_map(|row| row.subscription_id).collect();
    let contracts = subscriptions::by_ids(connection, &ids).await?;
    let next = |row: &attention::Model| {
        let job = jobs.iter().find(|job| {
            Some(job.account_id) == row.account_id && Some(&job.stripe_id) == row.stripe_id.as_ref()
        });
        let contract = contracts.iter().find(|contract| Some(contract.id) == row.subscription_id);
        let waits = contract.and_then(|contract| {
            let since = contract.key_pending_since?;
            Some(local::next_look(since, contract.fetched_at.unwrap_or(since)))
        });
        job.map(|job| job.next_at).or(waits)
    };
    Ok(open.into_iter().filter_map(|row| Some((row.id, next(row)?))).collect())
}
