//! Quotes and what is planned: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _,
    IntoActiveModel as _, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::entity::{change_quote, pending_change};

/// A quote that may be committed.
pub const OPEN: &str = "open";
/// A quote that Stripe is being told of.
pub const SENT: &str = "sent";
/// A quote that was carried out.
pub const DONE: &str = "done";

pub async fn add_quote<C: ConnectionTrait>(connection: &C, row: change_quote::Model) -> Result<(), DbErr> {
    change_quote::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// A quote, held until the caller's transaction ends.
pub async fn quote<C: ConnectionTrait>(
    connection: &C,
    id: &str,
) -> Result<Option<change_quote::Model>, DbErr> {
    change_quote::Entity::find_by_id(id).lock_exclusive().one(connection).await
}

/// Moves a quote on.
pub async fn set_quote<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    state: &str,
    now: i64,
) -> Result<(), DbErr> {
    change_quote::Entity::update_many()
        .col_expr(change_quote::Column::State, Expr::value(state))
        .col_expr(change_quote::Column::UsedAt, Expr::value(now))
        .filter(change_quote::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Quotes that Stripe was being told of before `before`: whoever did so may be gone.
pub async fn left_behind<C: ConnectionTrait>(
    connection: &C,
    before: i64,
) -> Result<Vec<change_quote::Model>, DbErr> {
    change_quote::Entity::find()
        .filter(change_quote::Column::State.eq(SENT))
        .filter(change_quote::Column::UsedAt.lt(before))
        .limit(50)
        .all(connection)
        .await
}

/// Removes quotes that nobody can commit any more.
pub async fn sweep_quotes<C: ConnectionTrait>(connection: &C, before: i64) -> Result<(), DbErr> {
    change_quote::Entity::delete_many()
        .filter(change_quote::Column::State.ne(SENT))
        .filter(change_quote::Column::ExpiresAt.lt(before))
        .exec(connection)
        .await?;
    Ok(())
}

/// What is planned for a subscription.
pub async fn pending<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
) -> Result<Option<pending_change::Model>, DbErr> {
    pending_change::Entity::find_by_id(subscription).one(connection).await
}

/// What is planned for those subscriptions.
pub async fn pending_of<C: ConnectionTrait>(
    connection: &C,
    subscriptions: &[i64],
) -> Result<Vec<pending_change::Model>, DbErr> {
    pending_change::Entity::find()
        .filter(pending_change::Column::SubscriptionId.is_in(subscriptions.iter().copied()))
        .all(connection)
        .await
}

/// Plans a change, instead of the one that was planned.
pub async fn plan<C: ConnectionTrait>(connection: &C, row: pending_change::Model) -> Result<(), DbErr> {
    forget(connection, row.subscription_id).await?;
    row.into_active_model().reset_all().insert(connection).await?;
    Ok(())
}

/// Takes back what is planned; whether anything was.
pub async fn forget<C: ConnectionTrait>(connection: &C, subscription: i64) -> Result<bool, DbErr> {
    let gone = pending_change::Entity::delete_by_id(subscription).exec(connection).await?;
    Ok(gone.rows_affected > 0)
}

/// What is due, the oldest first.
pub async fn due<C: ConnectionTrait>(connection: &C, now: i64) -> Result<Vec<pending_change::Model>, DbErr> {
    pending_change::Entity::find()
        .filter(pending_change::Column::DueAt.lte(now))
        .order_by_asc(pending_change::Column::DueAt)
        .order_by_asc(pending_change::Column::SubscriptionId)
        .limit(200)
        .all(connection)
        .await
}

/// Puts off what could not be done.
pub async fn put_off<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    due_at: i64,
    error: &str,
) -> Result<(), DbErr> {
    pending_change::Entity::update_many()
        .col_expr(pending_change::Column::DueAt, Expr::value(due_at))
        .col_expr(pending_change::Column::LastError, Expr::value(error))
        .col_expr(pending_change::Column::Attempts, Expr::col(pending_change::Column::Attempts).add(1_i64))
        .filter(pending_change::Column::SubscriptionId.eq(subscription))
        .exec(connection)
        .await?;
    Ok(())
}
