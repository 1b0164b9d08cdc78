//! The outbox: what leaves the process is enqueued in the transaction that needs it, claimed with a lease,
//! retried with backoff and parked after the last try.

pub mod lease;
pub mod worker;

use latchkey_store::entity::job;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use serde_json::Value;

use crate::{
    clock::{DAY, HOUR, SECOND},
    error::AppResult,
    state::AppState,
};

/// A job to be.
pub struct NewJob {
    pub kind: &'static str,
    /// While an unfinished job holds the same key, no second one is made.
    pub dedup_key: Option<String>,
    pub payload: Value,
}

const MAX_ATTEMPTS: i64 = 12;

/// The status of a job that waits for its turn or its next try, or is being worked on.
pub const READY: &str = "ready";
/// The status of a job that was given up.
pub const PARKED: &str = "parked";

/// Adds a job on the caller's transaction.
pub async fn enqueue<C: ConnectionTrait>(connection: &C, now: i64, new: NewJob) -> AppResult<()> {
    enqueue_for(connection, now, now, new).await
}

/// Adds a job that is due at `run_at`, on the caller's transaction.
pub async fn enqueue_for<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    run_at: i64,
    new: NewJob,
) -> AppResult<()> {
    let row = job::ActiveModel {
        id: NotSet,
        kind: Set(new.kind.to_owned()),
        dedup_key: Set(new.dedup_key),
        payload: Set(new.payload),
        status: Set(READY.to_owned()),
        attempts: Set(0),
        last_error: Set(None),
        run_at: Set(run_at),
        lease_until: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    job::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Takes the next job that is due, if any, and holds it for [`lease::LEASE`].
pub async fn claim(app: &AppState) -> AppResult<Option<job::Model>> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut due = job::Entity::find()
        .filter(job::Column::Status.eq(READY))
        .filter(job::Column::RunAt.lte(now))
        .filter(job::Column::LeaseUntil.is_null().or(job::Column::LeaseUntil.lte(now)))
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(1);
    if app.store.backend() == DbBackend::Postgres {
        due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(mut found) = due.one(&transaction).await? else { return Ok(None) };
    found.attempts += 1;
    job::Entity::update_many()
        .col_expr(job::Column::LeaseUntil, Expr::value(now + lease::LEASE))
        .col_expr(job::Column::Attempts, Expr::value(found.attempts))
        .filter(job::Column::Id.eq(found.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(Some(found))
}

/// Holds on to a claimed job.
pub async fn renew(app: &AppState, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    job::Entity::update_many()
        .col_expr(job::Column::LeaseUntil, Expr::value(app.clock.now() + lease::LEASE))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::LeaseUntil.is_not_null())
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes due at once what waits for its time or its next try.
pub async fn hurry(app: &AppState) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(now))
        .filter(job::Column::Status.eq("ready"))
        .filter(job::Column::RunAt.gt(now))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// How many jobs of a kind are still to be done, whoever has them in hand.
pub async fn unfinished(app: &AppState, kind: &str) -> AppResult<u64> {
    let unfinished =
        job::Entity::find().filter(job::Column::Status.eq("ready")).filter(job::Column::Kind.eq(kind));
    Ok(unfinished.count(app.store.read()).await?)
}

/// Marks a job done.
pub async fn finish(app: &AppState, id: i64) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value("done"))
        .col_expr(job::Column::FinishedAt, Expr::value(now))
        .col_expr(job::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .filter(job::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Notes a failure: tried again later, or parked after the last try. Answers whether it was the last.
pub async fn fail(app: &AppState, job: &job::Model, error: &str) -> AppResult<bool> {
    let last = job.attempts >= MAX_ATTEMPTS;
    let status = if last { PARKED } else { READY };
    let transaction = app.store.begin().await?;
    job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value(status))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .col_expr(job::Column::RunAt, Expr::value(app.clock.now() + backoff(job.attempts)))
        .filter(job::Column::Id.eq(job.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(last)
}

/// How many jobs have that status.
pub async fn count<C: ConnectionTrait>(connection: &C, status: &str) -> AppResult<i64> {
    let jobs = job::Entity::find().filter(job::Column::Status.eq(status)).count(connection).await?;
    Ok(i64::try_from(jobs).unwrap_or(i64::MAX))
}

/// 2 s, 4 s, 8 s … at most an hour.
fn backoff(attempts: i64) -> i64 {
    Ord::min(SECOND << attempts.clamp(1, 20), HOUR)
}

/// Removes jobs that were done a month ago.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    job::Entity::delete_many()
        .filter(job::Column::Status.eq("done"))
        .filter(job::Column::FinishedAt.lt(now - 30 * DAY))
        .exec(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        assert_eq!(backoff(1), 2 * SECOND);
        assert_eq!(backoff(2), 4 * SECOND);
        assert_eq!(backoff(12), HOUR);
        assert_eq!(backoff(1_000), HOUR);
    }
}
