//! One run of a sweep: in one process at a time, its progress kept, so that whoever comes after a crash goes on
//! where it was broken off.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use latchkey_store::{entity::sweep_run, locks, sweeps as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{Ages, Cause, Schedule as _, Sweep};
use crate::{
    clock::{DAY, MINUTE, SECOND},
    error::{AppError, AppResult},
    state::AppState,
};

/// How long a run belongs to its process without a sign of life.
const LEASE: i64 = MINUTE;
/// The least time between two pages, so that a sweep leaves Stripe's limits to those who buy.
const PAUSE: Duration = Duration::from_millis(200);
/// A run that was broken off longer ago than this is begun anew.
const STALE: i64 = DAY;

/// Is told how far a run is.
pub type Told = Arc<dyn Fn(&sweep_run::Model) + Send + Sync>;

/// Somebody who does not want to know.
pub fn nobody() -> Told {
    Arc::new(|_| {})
}

/// A run under way.
pub struct Run {
    pub app: AppState,
    pub ages: Ages,
    row: sweep_run::Model,
    told: Told,
    last_page: Option<Instant>,
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("row", &self.row).finish_non_exhaustive()
    }
}

impl Run {
    /// Begins, or goes on with what was broken off; `None` where another process has the sweep in hand, or where
    /// it is not due and runs by schedule only.
    pub async fn begin(
        app: &AppState,
        sweep: Sweep,
        cause: Cause,
        ages: Ages,
        told: Told,
    ) -> AppResult<Option<Self>> {
        let now = app.clock.now();
        let transaction = app.store.begin().await?;
        if !locks::take(&transaction, &lock(sweep), &app.process, now, now + LEASE).await? {
            return Ok(None);
        }
        if matches!(cause, Cause::Schedule | Cause::Start) && !is_due(&transaction, now, sweep, cause).await?
        {
            return Ok(None);
        }
        let broken_off = store::latest(&transaction, sweep.as_str())
            .await?
            .filter(|row| now - row.updated_at < STALE)
            .filter(|row| {
                row.state == store::RUNNING || row.state == store::FAILED && row.position.is_some()
            });
        let row = match broken_off {
            Some(row) => {
                let again = sweep_run::Model { state: store::RUNNING.to_owned(), updated_at: now, ..row };
                store::save(&transaction, again.clone()).await?;
                again
            }
            None => store::insert(&transaction, fresh(sweep, cause, now)).await?,
        };
        transaction.commit().await?;
        Ok(Some(Self { app: app.clone(), ages, row, told, last_page: None }))
    }

    /// When it began, milliseconds since 1970.
    pub fn started_at(&self) -> i64 {
        self.row.started_at
    }

    /// Where the run that was broken off had come to.
    pub fn position(&self) -> Option<&str> {
        self.row.position.as_deref()
    }

    /// How much it found so far.
    pub fn found(&self) -> i64 {
        self.row.found
    }

    /// How much it looked at so far.
    pub fn looked_at(&self) -> i64 {
        self.row.looked_at
    }

    /// Waits as long as the page before asks for.
    pub async fn breathe(&self) {
        if let Some(last) = self.last_page {
            tokio::time::sleep(PAUSE.saturating_sub(last.elapsed())).await;
        }
    }

    /// Notes a page that was worked off, and holds on to the run.
    ///
    /// # Errors
    /// 409 where another process took it over, since this one had not been heard of for too long.
    pub async fn page(&mut self, looked_at: usize, found: usize, position: Option<String>) -> AppResult<()> {
        let now = self.app.clock.now();
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        self.row.looked_at += count(looked_at);
        self.row.found += count(found);
        self.row.position = position;
        self.row.updated_at = now;
        let transaction = self.app.store.begin().await?;
        if !locks::hold(&transaction, &lock_named(&self.row.sweep), &self.app.process, now + LEASE).await? {
            return Err(AppError::conflict("sweep_taken_over", "Another process has taken this sweep over."));
        }
        store::save(&transaction, self.row.clone()).await?;
        transaction.commit().await?;
        (self.told)(&self.row);
        self.last_page = Some(Instant::now());
        Ok(())
    }

    /// Writes how it ended, and lets others have their turn.
    pub async fn end(mut self, outcome: &AppResult<String>) -> AppResult<sweep_run::Model> {
        let now = self.app.clock.now();
        let (state, words) = match outcome {
            Ok(words) => (store::DONE, words.clone()),
            Err(error) => (store::FAILED, error.to_string()),
        };
        state.clone_into(&mut self.row.state);
        self.row.words = words;
        if outcome.is_ok() {
            self.row.position = None;
        }
        self.row.updated_at = now;
        self.row.finished_at = Some(now);
        let transaction = self.app.store.begin().await?;
        store::save(&transaction, self.row.clone()).await?;
        locks::shorten(&transaction, &lock_named(&self.row.sweep), &self.app.process, now).await?;
        transaction.commit().await?;
        Ok(self.row)
    }
}

/// Whether a sweep is due by its schedule, or since this process has just started.
pub async fn is_due<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    sweep: Sweep,
    cause: Cause,
) -> AppResult<bool> {
    let Some(latest) = store::latest(connection, sweep.as_str()).await? else { return Ok(true) };
    let since = now - latest.started_at;
    Ok(match latest.state.as_str() {
        store::RUNNING => now - latest.updated_at >= LEASE,
        store::FAILED => since >= MINUTE,
        _ if cause == Cause::Start && sweep.runs_at_start() => since >= MINUTE,
        // A little less than the schedule's own time, so that looking every few seconds does not make it drift.
        _ => since >= sweep.every() - 10 * SECOND,
    })
}

fn fresh(sweep: Sweep, cause: Cause, now: i64) -> sweep_run::ActiveModel {
    sweep_run::ActiveModel {
        id: NotSet,
        sweep: Set(sweep.as_str().to_owned()),
        cause: Set(cause.as_str().to_owned()),
        state: Set(store::RUNNING.to_owned()),
        looked_at: Set(0),
        found: Set(0),
        position: Set(None),
        words: Set(String::new()),
        started_at: Set(now),
        updated_at: Set(now),
        finished_at: Set(None),
    }
}

fn lock(sweep: Sweep) -> String {
    lock_named(sweep.as_str())
}

fn lock_named(sweep: &str) -> String {
    format!("sweep/{sweep}")
}
