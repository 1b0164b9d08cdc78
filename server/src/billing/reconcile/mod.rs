//! The sweeps: whatever was missed is found. Each runs when a process starts, on a schedule, by button and by
//! command, in one process at a time; what it did is kept.
//!
//! | sweep | every | finds |
//! | --- | --- | --- |
//! | [`local`] | 5 min | purchases and keys that wait, statuses that time has changed |
//! | [`listed`], recent | 15 min | subscriptions of the last two days that differ from their mirror |
//! | [`listed`], full | 24 h | the same of all subscriptions, and those that Stripe's list does not name |
//! | [`missed_events`] | 15 min | events that Stripe could not deliver |
//! | [`payments`] | 24 h | payments and refunds that are not in the history, at first of two years |
//! | catalogue | 1 h | products and prices that changed without an event |

pub mod command;
pub mod listed;
pub mod local;
pub mod missed_events;
pub mod payments;
mod per_account;
pub mod run;

use std::time::Duration;

use latchkey_shared::{
    api::reconcile::{SweepRun, SweepRuns},
    reconcile::{SweepCause, SweepKind, SweepState},
    time::Timestamp,
};
use latchkey_store::{entity::sweep_run, sweeps as store, sync_jobs::Target};
use tokio_util::sync::CancellationToken;

use self::run::{Run, Told};
use crate::{
    audit::{self, Entry, Origin},
    billing::{accounts, connecting, work},
    clock::{DAY, HOUR, MINUTE},
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

pub use latchkey_shared::reconcile::{SweepCause as Cause, SweepKind as Sweep};

/// How often the schedules are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// How many runs of each sweep are shown: the rare ones are not crowded out by the frequent.
const SHOWN: u64 = 10;
/// How long runs are kept.
const KEPT: i64 = 30 * DAY;

/// What a person who wants everything looked at gets: all subscriptions first.
pub const EVERYTHING: [Sweep; 5] =
    [Sweep::Full, Sweep::MissedEvents, Sweep::Catalogue, Sweep::Local, Sweep::Payments];

/// Whether what has not waited for long, or is to be tried again later, is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ages {
    Respect,
    Ignore,
}

trait Schedule {
    /// Milliseconds between two runs.
    fn every(self) -> i64;
    /// Whether each start of a process is an occasion.
    fn runs_at_start(self) -> bool;
}

impl Schedule for Sweep {
    fn every(self) -> i64 {
        match self {
            Self::Local => 5 * MINUTE,
            Self::Recent | Self::MissedEvents => 15 * MINUTE,
            Self::Catalogue => HOUR,
            Self::Full | Self::Payments => DAY,
        }
    }

    fn runs_at_start(self) -> bool {
        !matches!(self, Self::Full | Self::Payments)
    }
}

/// Runs the schedules until told to stop.
pub async fn run(app: AppState, stop: CancellationToken) {
    let mut flags_adopted = false;
    let mut cause = Cause::Start;
    loop {
        if !flags_adopted {
            match connecting::adopt_flags(&app).await {
                Ok(()) => flags_adopted = true,
                Err(error) => {
                    tracing::warn!(%error, "the Stripe key that was set at start could not be tried yet");
                }
            }
        }
        for &sweep in Sweep::ALL {
            // A long one is broken off; whoever comes next goes on where it was.
            let ran = tokio::select! {
                () = stop.cancelled() => return,
                ran = run_if_due(&app, sweep, cause) => ran,
            };
            if let Err(error) = ran {
                tracing::warn!(sweep = sweep.as_str(), %error, "a sweep failed");
            }
        }
        cause = Cause::Schedule;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Runs a sweep unless some process did so within its time. One that fails is due again soon.
pub async fn run_if_due(app: &AppState, sweep: Sweep, cause: Cause) -> AppResult<()> {
    if run::is_due(app.store.read(), app.clock.now(), sweep, cause).await?
        && let Some(run) = Run::begin(app, sweep, cause, Ages::Respect, run::nobody()).await?
    {
        carry_out(run, sweep).await?;
    }
    Ok(())
}

/// Runs a sweep whatever its schedule says; `None` where another process has it in hand. What it finds is
/// requested and fetched by the workers.
pub async fn run_with(
    app: &AppState,
    sweep: Sweep,
    cause: Cause,
    ages: Ages,
    told: Told,
) -> AppResult<Option<sweep_run::Model>> {
    match Run::begin(app, sweep, cause, ages, told).await? {
        Some(run) => Ok(Some(carry_out(run, sweep).await?)),
        None => Ok(None),
    }
}

/// The same as if somebody had pressed the button, ages respected.
pub async fn run_now(app: &AppState, sweep: Sweep) -> AppResult<()> {
    match run_with(app, sweep, Cause::Button, Ages::Respect, run::nobody()).await? {
        Some(_) => Ok(()),
        None => Err(already_running()),
    }
}

/// Begins to look at everything, for a person who does not want to wait; goes on after the answer.
///
/// # Errors
/// 409 while some process looks through all subscriptions; 503 without Stripe.
pub async fn begin_everything(app: &AppState, origin: &Origin) -> AppResult<SweepRuns> {
    let connected = accounts::all_connected(app).await?;
    let account = connected.first().ok_or_else(stripe_client::not_connected)?.account.id;
    let [first, others @ ..] = EVERYTHING;
    let begun = Run::begin(app, first, Cause::Button, Ages::Ignore, run::nobody()).await?;
    let begun = begun.ok_or_else(already_running)?;
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: "reconciliation_begun",
        subject_kind: "stripe_account",
        subject_id: account,
        text: "Everything was compared with Stripe by hand.".to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    let shown = runs(app).await?;
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = carry_out(begun, first).await {
            tracing::warn!(%error, "a sweep failed");
        }
        for sweep in others {
            let ran = run_with(&app, sweep, Cause::Button, Ages::Ignore, run::nobody()).await;
            if let Err(error) = ran {
                tracing::warn!(sweep = sweep.as_str(), %error, "a sweep failed");
            }
        }
    });
    Ok(shown)
}

/// The latest runs, those under way included.
pub async fn runs(app: &AppState) -> AppResult<SweepRuns> {
    let mut rows = Vec::new();
    for sweep in Sweep::ALL {
        rows.extend(store::recent(app.store.read(), sweep.as_str(), SHOWN).await?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    Ok(SweepRuns { runs: rows.into_iter().filter_map(show).collect() })
}

fn show(row: sweep_run::Model) -> Option<SweepRun> {
    Some(SweepRun {
        id: row.id,
        sweep: SweepKind::parse(&row.sweep)?,
        cause: SweepCause::parse(&row.cause)?,
        state: SweepState::parse(&row.state)?,
        looked_at: row.looked_at,
        found: row.found,
        words: row.words,
        started: Timestamp::from_millis(row.started_at),
        updated: Timestamp::from_millis(row.updated_at),
        finished: row.finished_at.map(Timestamp::from_millis),
    })
}

fn already_running() -> AppError {
    AppError::conflict(
        "already_reconciling",
        "This is being compared with Stripe already. See how far it is.",
    )
}

async fn carry_out(mut run: Run, sweep: Sweep) -> AppResult<sweep_run::Model> {
    let app = run.app.clone();
    let outcome = match sweep {
        Sweep::Local => local::sweep(&mut run).await,
        Sweep::Recent => listed::recent(&mut run).await,
        Sweep::Full => listed::full(&mut run).await,
        Sweep::Payments => payments::sweep(&mut run).await,
        Sweep::MissedEvents => missed_events::sweep(&mut run).await,
        Sweep::Catalogue => catalogue(&mut run).await,
    };
    let ended = run.end(&outcome).await?;
    outcome?;
    metrics::counter!("sweeps_total", "sweep" => sweep.as_str()).increment(1);
    if ended.found > 0 {
        tracing::info!(sweep = sweep.as_str(), words = ended.words, "a sweep found something to do");
        app.jobs_bell.notify_waiters();
    }
    Ok(ended)
}

async fn catalogue(run: &mut Run) -> AppResult<String> {
    let app = run.app.clone();
    let mut accounts = 0;
    for connected in accounts::all_connected(&app).await? {
        let transaction = app.store.begin().await?;
        work::request(&transaction, &Target::catalog(connected.account.id), app.clock.now()).await?;
        transaction.commit().await?;
        accounts += 1;
    }
    run.page(accounts, accounts, None).await?;
    let transaction = app.store.begin().await?;
    store::forget(&transaction, app.clock.now() - KEPT).await?;
    transaction.commit().await?;
    Ok("Products and prices are read again.".to_owned())
}

/// "1 purchase", "3 purchases".
fn counted(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
