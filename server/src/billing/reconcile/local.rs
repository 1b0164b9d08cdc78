//! What can be found without asking Stripe: things that wait too long, and statuses that time has changed.

use latchkey_store::{
    checkouts, customers, entity::subscription, subscription_keys, subscriptions, sync_jobs::Target,
};

use super::{Ages, counted, run::Run};
use crate::{
    billing::{sync, work},
    clock::{HOUR, MINUTE},
    error::AppResult,
    state::AppState,
};

/// What waits longer than this is looked at.
const PATIENCE: i64 = 2 * MINUTE;
/// A purchase for which no session came about in this time never will get one.
const NO_SESSION: i64 = 30 * MINUTE;

/// Requests what waits, and brings statuses up to date.
pub async fn sweep(run: &mut Run) -> AppResult<String> {
    let (app, ages) = (run.app.clone(), run.ages);
    let purchases = purchases(&app, ages).await?;
    run.page(purchases, purchases, None).await?;
    let contracts = contracts(&app, ages).await?;
    run.page(contracts, contracts, None).await?;
    let statuses = statuses(&app).await?;
    run.page(statuses, statuses, None).await?;
    if purchases + contracts + statuses == 0 {
        return Ok("Nothing was waiting.".to_owned());
    }
    Ok(format!(
        "Looked up again: {} and {} that waited for a key. Moved on: {}.",
        counted(purchases, "purchase", "purchases"),
        counted(contracts, "subscription", "subscriptions"),
        counted(statuses, "status", "statuses"),
    ))
}

/// How long something must have waited.
fn patience(ages: Ages) -> i64 {
    match ages {
        Ages::Respect => PATIENCE,
        Ages::Ignore => 0,
    }
}

async fn purchases(app: &AppState, ages: Ages) -> AppResult<usize> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let stale = checkouts::stale(&transaction, now - patience(ages) + 1).await?;
    let mut found = 0;
    let mut wanted = Vec::new();
    for row in stale.into_iter().filter(|row| is_due(ages, row.created_at, row.updated_at, now)) {
        match &row.session_id {
            Some(session) => {
                wanted.push(Target::checkout(row.account_id, session));
            }
            None if row.created_at < now - NO_SESSION => {
                checkouts::set_status(&transaction, &row.id, checkouts::FAILED, now).await?;
                found += 1;
            }
            None => {}
        }
    }
    found += work::request_all(&transaction, wanted, now).await?;
    transaction.commit().await?;
    Ok(found)
}

/// Subscriptions that wait for a key, or whose key Stripe has not been told of.
async fn contracts(app: &AppState, ages: Ages) -> AppResult<usize> {
    let now = app.clock.now();
    let before = now - patience(ages) + 1;
    let transaction = app.store.begin().await?;
    let mut waiting = subscriptions::waiting_for_keys(&transaction, before).await?;
    let untold = subscription_keys::not_written_back(&transaction, before).await?;
    waiting.extend(subscriptions::by_ids(&transaction, &untold).await?);
    let mut wanted = Vec::new();
    for row in waiting {
        let since = row.key_pending_since.unwrap_or(row.updated_at);
        if !is_due(ages, since, row.fetched_at.unwrap_or(since), now) {
            continue;
        }
        if let (Some(account), Some(stripe_id)) = (row.account_id, &row.stripe_id) {
            wanted.push(Target::subscription(account, stripe_id));
        }
    }
    let found = work::request_all(&transaction, wanted, now).await?;
    transaction.commit().await?;
    Ok(found)
}

/// Whether something that has waited since `since`, and was last looked at `seen`, is to be looked at again.
fn is_due(ages: Ages, since: i64, seen: i64, now: i64) -> bool {
    ages == Ages::Ignore || now >= next_look(since, seen)
}

/// When something that has waited since `since`, and was last looked at `seen`, is looked at again: after as long
/// as it had waited then, at least [`PATIENCE`] and at most an hour.
pub fn next_look(since: i64, seen: i64) -> i64 {
    seen + (seen - since).clamp(PATIENCE, HOUR)
}

/// From active to grace, from grace to expired: nothing happens at Stripe when these begin.
async fn statuses(app: &AppState) -> AppResult<usize> {
    let now = app.clock.now();
    let mut found = 0;
    let mut after = 0;
    loop {
        let transaction = app.store.begin().await?;
        let rows = subscriptions::overdue(&transaction, now, after).await?;
        let Some(last) = rows.last() else { return Ok(found) };
        after = last.id;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let keys = subscription_keys::of_subscriptions(&transaction, &ids).await?;
        for row in rows {
            let lead = keys.iter().find(|(tie, _)| tie.subscription_id == row.id).map(|(_, key)| key);
            let expires = lead.and_then(|key| key.expires_at);
            let status = sync::standing_status(&row, expires, lead.and_then(|key| key.extended_until), now);
            if status.as_str() != row.status {
                let customer = row.customer_id;
                let changed =
                    subscription::Model { status: status.as_str().to_owned(), updated_at: now, ..row };
                subscriptions::save(&transaction, changed).await?;
                customers::refresh_headline(&transaction, customer).await?;
                found += 1;
            }
        }
        transaction.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour() {
        let mut seen = 0;
        let mut looks = Vec::new();
        for minute in 1..300 {
            if is_due(Ages::Respect, 0, seen, minute * MINUTE) {
                seen = minute * MINUTE;
                looks.push(minute);
            }
        }
        assert_eq!(looks, [2, 4, 8, 16, 32, 64, 124, 184, 244]);
    }
}
