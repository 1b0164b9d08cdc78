//! The loop that works off the outbox, and the hourly housekeeping.

use std::time::Duration;

use latchkey_store::entity::job;
use tokio_util::sync::CancellationToken;

use crate::{
    api_log,
    attention::notice,
    billing::{metering, refund_policy, write_back},
    communications::{self, mailer, reminders},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    identity::{codes, limits, resets, sessions},
    jobs::{self, lease},
    licensing::schedule,
    move_in::uploads,
    state::AppState,
    transactions::refund,
    usage,
};

/// How long the worker sleeps when nothing rings.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const HOUSEKEEPING_EVERY: Duration = Duration::from_hours(1);

/// Works until told to stop; a job that was begun is finished first.
pub async fn run(app: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match jobs::claim(&app).await {
            Ok(Some(job)) => {
                if let Err(error) = work(&app, job).await {
                    tracing::error!(%error, "a job's outcome could not be written");
                }
            }
            Ok(None) => wait(&app, &stop, LOOK_EVERY).await,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                wait(&app, &stop, LOOK_EVERY).await;
            }
        }
    }
}

/// Works off what is due now, for tests and commands.
pub async fn run_due(app: &AppState) -> AppResult<usize> {
    let mut done = 0;
    while let Some(job) = jobs::claim(app).await? {
        work(app, job).await?;
        done += 1;
    }
    Ok(done)
}

async fn wait(app: &AppState, stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = app.jobs_bell.notified() => {}
        () = tokio::time::sleep(time) => {}
    }
}

async fn work(app: &AppState, job: job::Model) -> AppResult<()> {
    failpoint::at(Point::JobClaimed);
    let held = || async {
        if let Err(error) = jobs::renew(app, job.id).await {
            tracing::warn!(job = job.id, %error, "a job could not be held on to");
        }
    };
    match lease::keep(perform(app, &job), held).await {
        Ok(()) => jobs::finish(app, job.id).await,
        Err(error) => {
            tracing::warn!(job = job.id, kind = %job.kind, attempt = job.attempts, %error, "a job failed");
            let last = jobs::fail(app, &job, &error.to_string()).await?;
            note_failure(app, &job, &error, last).await
        }
    }
}

/// Each on the heap: together their states would be a large part of a thread's stack.
async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    match job.kind.as_str() {
        communications::MAIL_JOB => Box::pin(mailer::deliver(app, communication(job)?)).await,
        write_back::JOB => Box::pin(write_back::perform(app, job)).await,
        metering::JOB => Box::pin(metering::perform(app, job)).await,
        refund::JOB => Box::pin(refund::perform(app, job)).await,
        refund_policy::JOB => Box::pin(refund_policy::perform(app, job)).await,
        resets::JOB => Box::pin(resets::perform(app, job)).await,
        notice::JOB => Box::pin(notice::perform(app)).await,
        other => Err(AppError::internal(format!("there is no such kind of job: {other}"))),
    }
}

/// Tells what else must know that a try failed, or that the job is given up.
async fn note_failure(app: &AppState, job: &job::Model, error: &AppError, last: bool) -> AppResult<()> {
    match job.kind.as_str() {
        communications::MAIL_JOB => {
            let transaction = app.store.begin().await?;
            mailer::note_failure(&transaction, communication(job)?, &error.to_string(), last).await?;
            transaction.commit().await?;
            Ok(())
        }
        refund::JOB if last => refund::give_up(app, job, error).await,
        write_back::JOB if last => write_back::give_up(app, job, error).await,
        _ => Ok(()),
    }
}

fn communication(job: &job::Model) -> AppResult<i64> {
    job.payload["communication"].as_i64().ok_or_else(|| AppError::internal("a mail job names no message"))
}

/// Removes what has expired, each hour.
pub async fn keep_house(app: AppState, stop: CancellationToken) {
    loop {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "housekeeping failed");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(HOUSEKEEPING_EVERY) => {}
        }
    }
}

async fn sweep(app: &AppState) -> AppResult<()> {
    api_log::sweep(app).await?;
    usage::sweep(app).await?;
    schedule::run(app).await?;
    reminders::run(app).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    sessions::sweep(&transaction, now).await?;
    codes::sweep(&transaction, now).await?;
    limits::sweep(&transaction, now).await?;
    jobs::sweep(&transaction, now).await?;
    uploads::sweep(&transaction, now).await?;
    transaction.commit().await?;
    Ok(())
}
