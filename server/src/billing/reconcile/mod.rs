//! The sweeps: whatever was missed is found. Each runs on a schedule, in one process at a time.
//!
//! | sweep | every | finds |
//! | --- | --- | --- |
//! | [`local`] | 5 min | purchases and keys that wait, statuses that time has changed |
//! | [`recent`] | 15 min | subscriptions of the last two days that differ from their mirror |
//! | [`missed_events`] | 15 min | events that Stripe could not deliver |
//! | catalogue | 1 h | products and prices that changed without an event |

pub mod local;
pub mod missed_events;
pub mod recent;

use std::time::Duration;

use latchkey_store::{locks, stripe_accounts, sync_jobs::Target};
use tokio_util::sync::CancellationToken;

use crate::{
    billing::{accounts, work},
    clock::{HOUR, MINUTE, SECOND},
    error::AppResult,
    state::AppState,
};

/// How often the schedules are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// What runs by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep {
    Local,
    Recent,
    MissedEvents,
    Catalogue,
}

impl Sweep {
    pub const ALL: [Self; 4] = [Self::Local, Self::Recent, Self::MissedEvents, Self::Catalogue];

    const fn name(self) -> &'static str {
        match self {
            Self::Local => "sweep/local",
            Self::Recent => "sweep/recent",
            Self::MissedEvents => "sweep/missed_events",
            Self::Catalogue => "sweep/catalogue",
        }
    }

    const fn every(self) -> i64 {
        match self {
            Self::Local => 5 * MINUTE,
            Self::Recent | Self::MissedEvents => 15 * MINUTE,
            Self::Catalogue => HOUR,
        }
    }
}

/// Runs the schedules until told to stop. Everything runs once at the start.
pub async fn run(app: AppState, stop: CancellationToken) {
    let mut flags_adopted = false;
    loop {
        if !flags_adopted {
            match accounts::adopt_flags(&app).await {
                Ok(()) => flags_adopted = true,
                Err(error) => {
                    tracing::warn!(%error, "the Stripe key that was set at start could not be tried yet");
                }
            }
        }
        for sweep in Sweep::ALL {
            if stop.is_cancelled() {
                return;
            }
            if let Err(error) = run_if_due(&app, sweep).await {
                tracing::warn!(sweep = sweep.name(), %error, "a sweep failed");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Runs a sweep unless some process did so within its time. One that fails is due again soon.
async fn run_if_due(app: &AppState, sweep: Sweep) -> AppResult<()> {
    let now = app.clock.now();
    // A little less than the schedule's own time, so that looking every few seconds does not make it drift.
    let until = now + sweep.every() - 10 * SECOND;
    let transaction = app.store.begin().await?;
    let mine = locks::take(&transaction, sweep.name(), &app.process, now, until).await?;
    transaction.commit().await?;
    if !mine {
        return Ok(());
    }
    let outcome = run_now(app, sweep).await;
    if outcome.is_err() {
        let transaction = app.store.begin().await?;
        locks::shorten(&transaction, sweep.name(), &app.process, app.clock.now() + MINUTE).await?;
        transaction.commit().await?;
    }
    outcome
}

/// Runs a sweep whatever its schedule says. What it finds is requested and fetched by the workers.
pub async fn run_now(app: &AppState, sweep: Sweep) -> AppResult<()> {
    let found = match sweep {
        Sweep::Local => local::sweep(app).await?,
        Sweep::Recent => recent::sweep(app).await?,
        Sweep::MissedEvents => missed_events::sweep(app).await?,
        Sweep::Catalogue => catalogue(app).await?,
    };
    metrics::counter!("sweeps_total", "sweep" => sweep.name()).increment(1);
    if found > 0 {
        tracing::info!(sweep = sweep.name(), found, "a sweep found something to do");
        app.jobs_bell.notify_waiters();
    }
    Ok(())
}

async fn catalogue(app: &AppState) -> AppResult<usize> {
    let Some(account) = accounts::current(app).await? else { return Ok(0) };
    let transaction = app.store.begin().await?;
    work::request(&transaction, &Target::catalog(account.id), app.clock.now()).await?;
    transaction.commit().await?;
    Ok(1)
}

/// Accounts whose key is known.
async fn connected(app: &AppState) -> AppResult<Vec<accounts::Connected>> {
    let mut connected = Vec::new();
    for account in stripe_accounts::all(app.store.read()).await? {
        if crate::stripe_client::has_key(app, latchkey_shared::ids::StripeAccountId(account.id)).await? {
            connected.push(accounts::by_id(app, account.id).await?);
        }
    }
    Ok(connected)
}
