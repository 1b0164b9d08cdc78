//! `latchkey reconcile`: every sweep, and then all that follows from what they found.

use std::time::{Duration, Instant};

use latchkey_store::{attention, entity::sweep_run, stripe_events, subscription_keys, sync_jobs};

use super::{Ages, Cause, EVERYTHING, Sweep, run::Told, run_with};
use crate::{
    billing::{self, accounts, write_back},
    error::{AppError, AppResult},
    jobs, licensing,
    state::AppState,
    stripe_client,
};

/// How long another process is waited for that has a sweep in hand.
const WAIT_FOR_OTHERS: Duration = Duration::from_mins(2);
/// How long what is found may take altogether.
const WAIT_FOR_WORK: Duration = Duration::from_mins(5);
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// How often a sweep that fails is tried again.
const TRIES_AGAIN: usize = 2;

/// What came of it.
#[derive(Debug)]
pub struct Report {
    pub sweeps: Vec<sweep_run::Model>,
    /// Keys that were made meanwhile.
    pub issued: u64,
    /// Keys whose numbers were told to Stripe meanwhile.
    pub told: u64,
    /// What waits for a person.
    pub attention: i64,
    /// What is still to be fetched from Stripe or told to it.
    pub left: u64,
}

/// Compares everything with Stripe and puts right what differs. With [`Ages::Ignore`] nothing is left for a later
/// try, and what other processes have in hand is waited for.
///
/// # Errors
/// 503 without Stripe; 409 where another process does not let go of a sweep; otherwise what a sweep failed with.
pub async fn everything(app: &AppState, ages: Ages, told: Told) -> AppResult<Report> {
    let began = app.clock.now();
    if accounts::all_connected(app).await?.is_empty() {
        return Err(stripe_client::not_connected());
    }
    let mut sweeps = Vec::new();
    for sweep in EVERYTHING {
        sweeps.push(until_it_ran(app, sweep, ages, &told).await?);
    }
    let left = work_off(app, ages).await?;
    let connection = app.store.read();
    Ok(Report {
        sweeps,
        issued: licensing::issue::count_bought_since(connection, began).await?,
        told: subscription_keys::told_since(connection, began).await?,
        attention: attention::open_count(connection).await?,
        left,
    })
}

/// Runs a sweep, waits for whoever has it in hand, and tries again what fails once or twice: a run goes on where it
/// was broken off.
async fn until_it_ran(app: &AppState, sweep: Sweep, ages: Ages, told: &Told) -> AppResult<sweep_run::Model> {
    let asked = Instant::now();
    let mut failed = 0;
    loop {
        match run_with(app, sweep, Cause::Command, ages, told.clone()).await {
            Ok(Some(ran)) => return Ok(ran),
            Ok(None) if asked.elapsed() > WAIT_FOR_OTHERS => {
                let words = format!("Another process has this in hand and does not end: {}.", sweep.label());
                return Err(AppError::conflict("already_reconciling", words));
            }
            Ok(None) => {}
            Err(error) if failed == TRIES_AGAIN => return Err(error),
            Err(error) => {
                failed += 1;
                tracing::warn!(sweep = sweep.as_str(), %error, "a sweep is tried again");
            }
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Does what is due, or everything; answers how much is left.
async fn work_off(app: &AppState, ages: Ages) -> AppResult<u64> {
    let began = Instant::now();
    loop {
        let done = one_round(app, ages).await;
        match done {
            Ok(()) => {}
            // A database that is away for a moment, or another process in the way: the next round does it.
            Err(error) if ages == Ages::Ignore && began.elapsed() < WAIT_FOR_WORK => {
                tracing::warn!(%error, "what was found is tried again");
            }
            Err(error) => return Err(error),
        }
        let left = sync_jobs::unfinished_count(app.store.read()).await?
            + jobs::unfinished(app, write_back::JOB).await?;
        if left == 0 || ages == Ages::Respect || began.elapsed() > WAIT_FOR_WORK {
            return Ok(left);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn one_round(app: &AppState, ages: Ages) -> AppResult<()> {
    if ages == Ages::Ignore {
        let now = app.clock.now();
        let transaction = app.store.begin().await?;
        sync_jobs::hurry(&transaction, now).await?;
        transaction.commit().await?;
        let transaction = app.store.begin().await?;
        stripe_events::hurry(&transaction, now).await?;
        transaction.commit().await?;
        jobs::hurry(app).await?;
    }
    billing::run_due(app).await?;
    Ok(())
}
