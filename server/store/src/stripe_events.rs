//! The inbox: queries.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    entity::stripe_event,
    sync_jobs::{Kind, Target},
};

/// Stored, and still to be worked off.
pub const PENDING: &str = "pending";
/// What it signalled has been fetched.
pub const DONE: &str = "done";
/// Not ours, not known, or of the other mode.
pub const IGNORED: &str = "ignored";
/// Tried too often; the next success for the same object still marks it done.
pub const DEAD: &str = "dead";

/// Stores an event unless it is there already; answers whether it is new.
pub async fn store<C: ConnectionTrait>(
    connection: &C,
    row: stripe_event::ActiveModel,
) -> Result<bool, DbErr> {
    let stored = stripe_event::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([stripe_event::Column::AccountId, stripe_event::Column::EventId])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(stored > 0)
}

/// Whether any event waits to be looked at.
pub async fn any_due<C: ConnectionTrait>(connection: &C, now: i64) -> Result<bool, DbErr> {
    let first: Option<String> = due(now)
        .select_only()
        .column(stripe_event::Column::EventId)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(first.is_some())
}

/// Events that wait to be looked at, the oldest first.
pub async fn take_due<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    limit: u64,
) -> Result<Vec<stripe_event::Model>, DbErr> {
    due(now).order_by_asc(stripe_event::Column::NextAt).limit(limit).all(connection).await
}

fn due(now: i64) -> sea_orm::Select<stripe_event::Entity> {
    stripe_event::Entity::find()
        .filter(stripe_event::Column::Status.eq(PENDING))
        .filter(stripe_event::Column::NextAt.lte(now))
}

/// Notes that an event was handed over, and when to look at it again should nothing come of it.
pub async fn handed_over<C: ConnectionTrait>(
    connection: &C,
    event: &stripe_event::Model,
    status: &str,
    next_at: i64,
) -> Result<(), DbErr> {
    stripe_event::Entity::update_many()
        .col_expr(stripe_event::Column::Status, Expr::value(status))
        .col_expr(stripe_event::Column::Attempts, Expr::value(event.attempts + 1))
        .col_expr(stripe_event::Column::NextAt, Expr::value(next_at))
        .filter(stripe_event::Column::AccountId.eq(event.account_id))
        .filter(stripe_event::Column::EventId.eq(&event.event_id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Marks what was received before `fetched_at` and concerns `target` as done.
pub async fn settle<C: ConnectionTrait>(
    connection: &C,
    target: &Target,
    fetched_at: i64,
) -> Result<(), DbErr> {
    stripe_event::Entity::update_many()
        .col_expr(stripe_event::Column::Status, Expr::value(DONE))
        .col_expr(stripe_event::Column::LastError, Expr::value(Option::<String>::None))
        .filter(stripe_event::Column::AccountId.eq(target.account))
        .filter(stripe_event::Column::Status.is_in([PENDING, DEAD]))
        .filter(stripe_event::Column::ReceivedAt.lte(fetched_at))
        .filter(concerns(target))
        .exec(connection)
        .await?;
    Ok(())
}

/// Writes why the events of `target` are still pending.
pub async fn note_failure<C: ConnectionTrait>(
    connection: &C,
    target: &Target,
    error: &str,
) -> Result<(), DbErr> {
    stripe_event::Entity::update_many()
        .col_expr(stripe_event::Column::LastError, Expr::value(error))
        .filter(stripe_event::Column::AccountId.eq(target.account))
        .filter(stripe_event::Column::Status.eq(PENDING))
        .filter(concerns(target))
        .exec(connection)
        .await?;
    Ok(())
}

fn concerns(target: &Target) -> Condition {
    let kind = stripe_event::Column::Kind;
    match target.kind {
        Kind::Subscription => {
            Condition::all().add(stripe_event::Column::StripeSubscription.eq(&target.stripe_id))
        }
        Kind::Checkout | Kind::Charge | Kind::Dispute => {
            Condition::all().add(stripe_event::Column::ObjectId.eq(&target.stripe_id))
        }
        Kind::Customer => Condition::all()
            .add(kind.starts_with("customer."))
            .add(stripe_event::Column::ObjectId.eq(&target.stripe_id)),
        Kind::Catalog => Condition::any().add(kind.starts_with("product.")).add(kind.starts_with("price.")),
    }
}

/// The newest event of an account.
pub async fn newest<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Option<stripe_event::Model>, DbErr> {
    stripe_event::Entity::find()
        .filter(stripe_event::Column::AccountId.eq(account))
        .order_by_desc(stripe_event::Column::ReceivedAt)
        .one(connection)
        .await
}

/// How many events have that status.
pub async fn count<C: ConnectionTrait>(connection: &C, account: i64, status: &str) -> Result<i64, DbErr> {
    let count = stripe_event::Entity::find()
        .filter(stripe_event::Column::AccountId.eq(account))
        .filter(stripe_event::Column::Status.eq(status))
        .count(connection)
        .await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Since when the oldest pending event waits.
pub async fn oldest_pending<C: ConnectionTrait>(connection: &C, account: i64) -> Result<Option<i64>, DbErr> {
    stripe_event::Entity::find()
        .select_only()
        .column(stripe_event::Column::ReceivedAt)
        .filter(stripe_event::Column::AccountId.eq(account))
        .filter(stripe_event::Column::Status.eq(PENDING))
        .order_by_asc(stripe_event::Column::ReceivedAt)
        .into_tuple()
        .one(connection)
        .await
}

/// Puts an event back to those that wait, as if it had just arrived.
pub async fn run_again<C: ConnectionTrait>(
    connection: &C,
    event: &stripe_event::Model,
    now: i64,
) -> Result<(), DbErr> {
    stripe_event::Entity::update_many()
        .col_expr(stripe_event::Column::Status, Expr::value(PENDING))
        .col_expr(stripe_event::Column::Attempts, Expr::value(0_i64))
        .col_expr(stripe_event::Column::NextAt, Expr::value(now))
        .filter(stripe_event::Column::AccountId.eq(event.account_id))
        .filter(stripe_event::Column::EventId.eq(&event.event_id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Makes due at once what waits to be looked at again.
pub async fn hurry<C: ConnectionTrait>(connection: &C, now: i64) -> Result<(), DbErr> {
    stripe_event::Entity::update_many()
        .col_expr(stripe_event::Column::NextAt, Expr::value(now))
        .filter(stripe_event::Column::Status.eq(PENDING))
        .filter(stripe_event::Column::NextAt.gt(now))
        .exec(connection)
        .await?;
    Ok(())
}
