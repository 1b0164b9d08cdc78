//! Running what is to be fetched from Stripe: claimed with a lease, coalesced per object, tried again later
//! when it fails.

use std::{collections::BTreeSet, time::Duration};

use latchkey_store::{
    stripe_events,
    sync_jobs::{self, Claim, Kind, Target},
};
use sea_orm::ConnectionTrait;
use tokio::task::JoinHandle;

use crate::{
    billing::{checkouts, payments, stripe_customers, sync},
    catalog::stripe_sync,
    clock::{MINUTE, SECOND},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    jobs::lease::{self, LEASE},
    state::AppState,
};

const LONGEST_WAIT: i64 = 10 * MINUTE;

/// How often and how long to look whether somebody else has finished what is asked for.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
const LOOKS: usize = 60;

/// Asks for `target` to be fetched soon, on the caller's transaction.
pub async fn request<C: ConnectionTrait>(connection: &C, target: &Target, now: i64) -> AppResult<()> {
    sync_jobs::request(connection, target, now).await?;
    Ok(())
}

/// Asks for several at once. In one order, and before their events are touched, so that processes that do so at
/// the same time do not wait for each other crosswise.
pub async fn request_all<C: ConnectionTrait>(
    connection: &C,
    targets: impl IntoIterator<Item = Target>,
    now: i64,
) -> AppResult<usize> {
    let targets: BTreeSet<Target> = targets.into_iter().collect();
    for target in &targets {
        request(connection, target, now).await?;
    }
    Ok(targets.len())
}

/// Fetches `target` now and waits for it. Where another worker has it in hand, waits for that one a while.
pub async fn converge_now(app: &AppState, target: &Target) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let wanted = sync_jobs::request(&transaction, target, now).await?;
    let mut claim = sync_jobs::claim_exactly(&transaction, target, now, now + LEASE).await?;
    transaction.commit().await?;
    for _ in 0..LOOKS {
        if let Some(claim) = claim {
            return run_apart(app, claim).await.map_err(AppError::internal)?;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
        if sync_jobs::done(app.store.read(), target).await? >= wanted {
            return Ok(());
        }
        let now = app.clock.now();
        let transaction = app.store.begin().await?;
        claim = sync_jobs::claim_exactly(&transaction, target, now, now + LEASE).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Runs a claimed job in a task of its own: whoever asked may go away, as when a page is closed, and the job must
/// not be left half done and held.
fn run_apart(app: &AppState, claim: Claim) -> JoinHandle<AppResult<()>> {
    let app = app.clone();
    tokio::spawn(async move { run(&app, &claim).await })
}

/// Runs the next job that is due, if any; answers whether there was one. A failed job is not an error here: it
/// is tried again later.
pub async fn run_next(app: &AppState) -> AppResult<bool> {
    let now = app.clock.now();
    if !sync_jobs::any_due(app.store.read(), now).await? {
        return Ok(false);
    }
    let transaction = app.store.begin().await?;
    let claim = sync_jobs::claim(&transaction, now, now + LEASE).await?;
    transaction.commit().await?;
    let Some(claim) = claim else { return Ok(false) };
    failpoint::at(Point::FetchClaimed);
    if let Err(error) = run(app, &claim).await {
        let Target { kind, stripe_id, .. } = &claim.target;
        tracing::warn!(kind = kind.as_str(), %stripe_id, attempt = claim.attempts + 1, %error, "a sync failed");
    }
    Ok(true)
}

/// Runs a claimed job and holds on to it meanwhile. A failure is noted with the time of the next try, and passed on.
async fn run(app: &AppState, claim: &Claim) -> AppResult<()> {
    let held = || async {
        if let Err(error) = renew(app, claim).await {
            tracing::warn!(%error, "what is being fetched could not be held on to");
        }
    };
    let outcome = lease::keep(converge(app, claim), held).await;
    metrics::counter!(
        "stripe_syncs_total",
        "kind" => claim.target.kind.as_str(),
        "outcome" => if outcome.is_ok() { "done" } else { "failed" }
    )
    .increment(1);
    if let Err(error) = &outcome {
        let words = error.to_string();
        let transaction = app.store.begin().await?;
        sync_jobs::fail(&transaction, claim, &words, app.clock.now() + wait(claim.attempts)).await?;
        stripe_events::note_failure(&transaction, &claim.target, &words).await?;
        transaction.commit().await?;
    }
    outcome
}

/// Each on the heap: together their states would be a large part of a thread's stack.
async fn converge(app: &AppState, claim: &Claim) -> AppResult<()> {
    match claim.target.kind {
        Kind::Subscription => Box::pin(sync::sync_subscription(app, claim)).await,
        Kind::Checkout => Box::pin(checkouts::converge::converge(app, claim)).await,
        Kind::Customer => Box::pin(stripe_customers::converge(app, claim)).await,
        Kind::Catalog => Box::pin(stripe_sync::converge(app, claim)).await,
        Kind::Charge => Box::pin(payments::converge_charge(app, claim)).await,
        Kind::Dispute => Box::pin(payments::converge_dispute(app, claim)).await,
    }
}

async fn renew(app: &AppState, claim: &Claim) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    sync_jobs::renew(&transaction, claim, app.clock.now() + LEASE).await?;
    transaction.commit().await?;
    Ok(())
}

/// Marks a job done, and the events that it answers: those received before Stripe was asked at `fetched_at`.
pub async fn finish<C: ConnectionTrait>(connection: &C, claim: &Claim, fetched_at: i64) -> AppResult<()> {
    sync_jobs::finish(connection, claim).await?;
    stripe_events::settle(connection, &claim.target, fetched_at).await?;
    Ok(())
}

/// 2 s, 4 s, 8 s … at most ten minutes, and never the last.
fn wait(attempts: i64) -> i64 {
    Ord::min(SECOND << (attempts + 1).clamp(1, 20), LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes() {
        assert_eq!(wait(0), 2 * SECOND);
        assert_eq!(wait(1), 4 * SECOND);
        assert_eq!(wait(500), LONGEST_WAIT);
    }
}
