//! `latchkey reconcile`: every sweep, and then all that follows from what they found.

use std::time::{Duration, Instant};

use latchkey_store::{attention, entity::sweep_run, stripe_events, subscription_keys, sync_jobs};

use super::{Ages, Cause, EVERYTHING, run::Told, run_with};
use crate::{
    billing::{self, accounts, write_back},
    error::{AppError, AppResult},
    jobs, licensing,
    state::AppState,
};

/// How long another process is waited for that has a sweep in hand.
const WAIT_FOR_OTHERS: Duration = Duration::from_mins(2);
/// How long what is found may take altogether.
const WAIT_FOR_WORK: Duration = Duration::from_mins(5);
const LOOK_AGAIN: Duration = Duration::from_millis(500);

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
    accounts::connected(app).await?;
    let mut sweeps = Vec::new();
    for sweep in EVERYTHING {
        let asked = Instant::now();
        loop {
            if let Some(ran) = run_with(app, sweep, Cause::Command, ages, told.clone()).await? {
                sweeps.push(ran);
                break;
            }
            if asked.elapsed() > WAIT_FOR_OTHERS {
                let words = format!("Another process has this in hand and does not end: {}.", sweep.label());
                return Err(AppError::conflict("already_reconciling", words));
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
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

/// Does what is due, or everything; answers how much is left.
async fn work_off(app: &AppState, ages: Ages) -> AppResult<u64> {
    let began = Instant::now();
    loop {
        if ages == Ages::Ignore {
            let transaction = app.store.begin().await?;
            stripe_events::hurry(&transaction, app.clock.now()).await?;
            sync_jobs::hurry(&transaction, app.clock.now()).await?;
            transaction.commit().await?;
            jobs::hurry(app).await?;
        }
        billing::run_due(app).await?;
        let left = sync_jobs::unfinished_count(app.store.read()).await?
            + jobs::unfinished(app, write_back::JOB).await?;
        if left == 0 || ages == Ages::Respect || began.elapsed() > WAIT_FOR_WORK {
            return Ok(left);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
