//! What programs report: events, and use that is charged for.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::{
    Access,
    entity::{app_event, usage_log_block, usage_record},
};

/// Rows that a sweep removes at once.
const SWEEP: u64 = 5_000;

/// Which events are wanted, by id.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub product: Option<i64>,
    pub key: Option<i64>,
    /// Ids after this one.
    pub after: Option<i64>,
    /// Ids before this one.
    pub before: Option<i64>,
    pub limit: u64,
}

/// Events that the caller may see, the oldest first after an id and the newest first otherwise.
pub async fn events<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    wanted: &Wanted,
) -> Result<Vec<app_event::Model>, DbErr> {
    let mut select = app_event::Entity::find();
    let lock = match access {
        Access::Locked(lock) => lock,
        _ => crate::Lock::default(),
    };
    for product in lock.product.map(|id| id.0).into_iter().chain(wanted.product) {
        select = select.filter(app_event::Column::ProductId.eq(product));
    }
    for key in lock.key.map(|id| id.0).into_iter().chain(wanted.key) {
        select = select.filter(app_event::Column::KeyId.eq(key));
    }
    if let Some(before) = wanted.before {
        select = select.filter(app_event::Column::Id.lt(before));
    }
    let select = match wanted.after {
        Some(after) => select.filter(app_event::Column::Id.gt(after)).order_by_asc(app_event::Column::Id),
        None => select.order_by_desc(app_event::Column::Id),
    };
    select.limit(wanted.limit).all(connection).await
}

pub async fn insert_events<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<app_event::ActiveModel>,
) -> Result<(), DbErr> {
    if !rows.is_empty() {
        app_event::Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// Removes events before a time, some at a time; how many are gone.
pub async fn sweep<C: ConnectionTrait>(connection: &C, before: i64) -> Result<u64, DbErr> {
    let ids: Vec<i64> = app_event::Entity::find()
        .select_only()
        .column(app_event::Column::Id)
        .filter(app_event::Column::At.lt(before))
        .limit(SWEEP)
        .into_tuple()
        .all(connection)
        .await?;
    let gone =
        app_event::Entity::delete_many().filter(app_event::Column::Id.is_in(ids)).exec(connection).await?;
    Ok(gone.rows_affected)
}

/// Use that was recorded, by its number.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<usage_record::Model>, DbErr> {
    usage_record::Entity::find_by_id(id).one(connection).await
}

/// Notes when Stripe was told.
pub async fn reported<C: ConnectionTrait>(connection: &C, id: i64, at: i64) -> Result<(), DbErr> {
    usage_record::Entity::update_many()
        .col_expr(usage_record::Column::ReportedAt, Expr::value(at))
        .filter(usage_record::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

pub async fn record<C: ConnectionTrait>(
    connection: &C,
    row: usage_record::ActiveModel,
) -> Result<usage_record::Model, DbErr> {
    row.insert(connection).await
}

/// The blocks of logs of use that were counted for a key, by hash.
pub async fn counted_blocks<C: ConnectionTrait>(connection: &C, key: i64) -> Result<Vec<String>, DbErr> {
    usage_log_block::Entity::find()
        .select_only()
        .column(usage_log_block::Column::Hash)
        .filter(usage_log_block::Column::KeyId.eq(key))
        .into_tuple()
        .all(connection)
        .await
}

/// Notes blocks as counted.
pub async fn note_blocks<C: ConnectionTrait>(
    connection: &C,
    key: i64,
    hashes: Vec<String>,
    now: i64,
) -> Result<(), DbErr> {
    let row = |hash| usage_log_block::ActiveModel { key_id: Set(key), hash: Set(hash), counted_at: Set(now) };
    if !hashes.is_empty() {
        usage_log_block::Entity::insert_many(hashes.into_iter().map(row)).exec(connection).await?;
    }
    Ok(())
}
