//! Named locks with an end, so that of several processes one does what is scheduled.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::entity::lock;

/// Takes a lock until `until`; false while it is held by anybody. A holder that dies loses it then.
pub async fn take<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    holder: &str,
    now: i64,
    until: i64,
) -> Result<bool, DbErr> {
    let row = lock::ActiveModel { name: Set(name.to_owned()), holder: Set(String::new()), until: Set(0) };
    lock::Entity::insert(row)
        .on_conflict(OnConflict::column(lock::Column::Name).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    let taken = lock::Entity::update_many()
        .col_expr(lock::Column::Holder, Expr::value(holder))
        .col_expr(lock::Column::Until, Expr::value(until))
        .filter(lock::Column::Name.eq(name))
        .filter(lock::Column::Until.lte(now))
        .exec(connection)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Until when a lock is or was held; nothing where nobody ever took it.
pub async fn until<C: ConnectionTrait>(connection: &C, name: &str) -> Result<Option<i64>, DbErr> {
    Ok(lock::Entity::find_by_id(name).one(connection).await?.map(|row| row.until))
}

/// Lets a lock end earlier than it was taken for, by whoever holds it.
pub async fn shorten<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    holder: &str,
    until: i64,
) -> Result<(), DbErr> {
    lock::Entity::update_many()
        .col_expr(lock::Column::Until, Expr::value(until))
        .filter(lock::Column::Name.eq(name))
        .filter(lock::Column::Holder.eq(holder))
        .exec(connection)
        .await?;
    Ok(())
}

/// Holds on to a lock until `until`; false where somebody else has taken it meanwhile.
pub async fn hold<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    holder: &str,
    until: i64,
) -> Result<bool, DbErr> {
    let held = lock::Entity::update_many()
        .col_expr(lock::Column::Until, Expr::value(until))
        .filter(lock::Column::Name.eq(name))
        .filter(lock::Column::Holder.eq(holder))
        .exec(connection)
        .await?;
    Ok(held.rows_affected > 0)
}
