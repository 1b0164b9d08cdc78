//! The loops: events are handed over to what must be fetched, and what must be fetched is fetched.

use std::{collections::BTreeMap, time::Duration};

use latchkey_store::{stripe_accounts, stripe_events as store};
use tokio_util::sync::CancellationToken;

use crate::{
    billing::{signals, work},
    clock::MINUTE,
    error::AppResult,
    failpoint::{self, Point},
    state::AppState,
};

/// How long a loop sleeps when nothing rings.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Fetches at the same time; Stripe's limits allow more, but a slow answer must not hold up the others.
pub const FETCHERS: usize = 4;
/// Events looked at in one transaction.
const BATCH: u64 = 200;
/// An event that nothing came of is looked at again after so long; its signal is then given once more.
const LOOK_AGAIN: i64 = MINUTE;
/// So often at most.
const MOST_ATTEMPTS: i64 = 20;

/// Hands events over until told to stop.
pub async fn hand_over_events(app: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let bell = app.jobs_bell.notified();
        tokio::pin!(bell);
        // Heard from here on, also while the work is done.
        bell.as_mut().enable();
        match hand_over(&app).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "the inbox cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = bell => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Fetches what is wanted until told to stop; a fetch that was begun is finished first.
pub async fn fetch(app: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let bell = app.jobs_bell.notified();
        tokio::pin!(bell);
        bell.as_mut().enable();
        match work::run_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "what is to be fetched cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = bell => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Turns pending events into fetches; answers how many events there were. A crash afterwards loses nothing: the
/// fetches are stored, and the events stay pending until one succeeded.
pub async fn hand_over(app: &AppState) -> AppResult<usize> {
    let now = app.clock.now();
    if !store::any_due(app.store.read(), now).await? {
        return Ok(0);
    }
    let transaction = app.store.begin().await?;
    let events = store::take_due(&transaction, now, BATCH).await?;
    let mut handed_over = Vec::new();
    let mut last_received = BTreeMap::new();
    for event in &events {
        let latest: &mut i64 = last_received.entry(event.account_id).or_default();
        *latest = Ord::max(*latest, event.received_at);
        let target = signals::target(event);
        let status = match &target {
            None => store::IGNORED,
            Some(_) if event.attempts >= MOST_ATTEMPTS => store::DEAD,
            Some(_) => store::PENDING,
        };
        handed_over.push((event, target.filter(|_| status == store::PENDING), status));
    }
    let wanted = handed_over.iter().filter_map(|(_, target, _)| target.clone());
    let wanted = work::request_all(&transaction, wanted, now).await?;
    for (event, _, status) in handed_over {
        store::handed_over(&transaction, event, status, now + LOOK_AGAIN * (event.attempts + 1)).await?;
    }
    for (account, at) in last_received {
        stripe_accounts::set_received(&transaction, account, at).await?;
    }
    transaction.commit().await?;
    failpoint::at(Point::HandedOver);
    if wanted > 0 {
        app.jobs_bell.notify_waiters();
    }
    Ok(events.len())
}
