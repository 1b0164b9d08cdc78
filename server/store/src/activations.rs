//! Activations of licence keys: queries. Node-locked machines and floating seats are counted by themselves.

use std::collections::{HashMap, HashSet};

use latchkey_shared::ids::KeyGlobalId;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    Access,
    entity::{activation, licence_key},
    keys,
};

/// Rows that a sweep removes at once.
const SWEEP: u64 = 5_000;

/// The key, held until the caller's transaction ends, so that activations of one key come one after another.
/// (On SQLite a writing transaction holds everything anyway.)
pub async fn hold_key<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Option<licence_key::Model>, DbErr> {
    licence_key::Entity::find_by_id(id).lock_exclusive().one(connection).await
}

/// These keys by their ids, held in the order of these, so that two who hold several do not wait for each other.
pub async fn hold_keys<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
) -> Result<HashMap<i64, licence_key::Model>, DbErr> {
    let rows = licence_key::Entity::find()
        .filter(licence_key::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(licence_key::Column::Id)
        .lock_exclusive()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The activation of that machine.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    key: i64,
    floating: bool,
    machine: &str,
) -> Result<Option<activation::Model>, DbErr> {
    activation::Entity::find()
        .filter(activation::Column::KeyId.eq(key))
        .filter(activation::Column::Floating.eq(floating))
        .filter(activation::Column::MachineCode.eq(machine))
        .one(connection)
        .await
}

/// A machine of a key by its number.
pub async fn find_by_id<C: ConnectionTrait>(
    connection: &C,
    key: i64,
    id: i64,
) -> Result<Option<activation::Model>, DbErr> {
    activation::Entity::find_by_id(id).filter(activation::Column::KeyId.eq(key)).one(connection).await
}

/// How many machines the key is locked to.
pub async fn count_locked<C: ConnectionTrait>(connection: &C, key: i64) -> Result<i64, DbErr> {
    let count = activation::Entity::find()
        .filter(activation::Column::KeyId.eq(key))
        .filter(activation::Column::Floating.eq(false))
        .count(connection)
        .await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The machines that any of a customer's keys is locked to.
pub async fn machines_of_customer<C: ConnectionTrait>(
    connection: &C,
    customer: i64,
) -> Result<HashSet<String>, DbErr> {
    let keys = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(licence_key::Column::CustomerId.eq(customer))
        .into_query();
    let codes: Vec<String> = activation::Entity::find()
        .select_only()
        .column(activation::Column::MachineCode)
        .filter(activation::Column::KeyId.in_subquery(keys))
        .filter(activation::Column::Floating.eq(false))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(codes.into_iter().collect())
}

/// The machines that the key is locked to and the seats that are taken, in the order in which they came.
pub async fn of_key<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    key: KeyGlobalId,
    now: i64,
) -> Result<Vec<activation::Model>, DbErr> {
    if access != Access::All && keys::find(connection, access, key).await?.is_none() {
        return Ok(Vec::new());
    }
    activation::Entity::find()
        .filter(activation::Column::KeyId.eq(key.0))
        .filter(in_force(now))
        .order_by_asc(activation::Column::Id)
        .all(connection)
        .await
}

/// All of these keys, leases that are over included, in the order in which they came.
pub async fn ever_of_keys<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<HashMap<i64, Vec<activation::Model>>, DbErr> {
    let rows = activation::Entity::find()
        .filter(activation::Column::KeyId.is_in(keys.iter().copied()))
        .order_by_asc(activation::Column::Id)
        .all(connection)
        .await?;
    Ok(by_key(rows))
}

/// The same as [`of_key`], of several keys that the caller was allowed to see.
pub async fn of_keys<C: ConnectionTrait>(
    connection: &C,
    keys: &[licence_key::Model],
    now: i64,
) -> Result<HashMap<i64, Vec<activation::Model>>, DbErr> {
    let rows = activation::Entity::find()
        .filter(activation::Column::KeyId.is_in(keys.iter().map(|key| key.id)))
        .filter(in_force(now))
        .order_by_asc(activation::Column::Id)
        .all(connection)
        .await?;
    Ok(by_key(rows))
}

fn by_key(rows: Vec<activation::Model>) -> HashMap<i64, Vec<activation::Model>> {
    let mut by_key: HashMap<i64, Vec<activation::Model>> = HashMap::new();
    for row in rows {
        by_key.entry(row.key_id).or_default().push(row);
    }
    by_key
}

fn in_force(now: i64) -> sea_orm::Condition {
    sea_orm::Condition::any()
        .add(activation::Column::Floating.eq(false))
        .add(activation::Column::LeaseUntil.gt(now))
}

/// How many machines each key is locked to; keys without any are left out.
pub async fn locked_counts<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<HashMap<i64, i64>, DbErr> {
    let rows: Vec<(i64, i64)> = activation::Entity::find()
        .select_only()
        .column(activation::Column::KeyId)
        .column_as(SimpleExpr::from(Func::count(Expr::val(1))), "machines")
        .filter(activation::Column::KeyId.is_in(keys.iter().copied()))
        .filter(activation::Column::Floating.eq(false))
        .group_by(activation::Column::KeyId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: activation::ActiveModel,
) -> Result<activation::Model, DbErr> {
    row.insert(connection).await
}

/// Several at once; the rows in any order.
pub async fn insert_all<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<activation::ActiveModel>,
) -> Result<Vec<activation::Model>, DbErr> {
    activation::Entity::insert_many(rows).exec_with_returning(connection).await
}

pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: activation::Model,
) -> Result<activation::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}

/// Removes an activation; whether there was one.
pub async fn delete<C: ConnectionTrait>(connection: &C, id: i64) -> Result<bool, DbErr> {
    Ok(activation::Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}

/// Gives the machines of a key to another one; how many there were.
pub async fn move_to<C: ConnectionTrait>(connection: &C, from: i64, to: i64) -> Result<u64, DbErr> {
    let moved = activation::Entity::update_many()
        .col_expr(activation::Column::KeyId, Expr::value(to))
        .filter(activation::Column::KeyId.eq(from))
        .exec(connection)
        .await?;
    Ok(moved.rows_affected)
}

/// Notes when machines were last seen; a note that comes late changes nothing.
pub async fn seen<C: ConnectionTrait>(connection: &C, id: i64, at: i64) -> Result<(), DbErr> {
    activation::Entity::update_many()
        .col_expr(activation::Column::LastSeenAt, Expr::value(at))
        .filter(activation::Column::Id.eq(id))
        .filter(activation::Column::LastSeenAt.lt(at))
        .exec(connection)
        .await?;
    Ok(())
}

/// Removes seats whose lease ended before then, some at a time.
pub async fn sweep<C: ConnectionTrait>(connection: &C, before: i64) -> Result<u64, DbErr> {
    let ids: Vec<i64> = activation::Entity::find()
        .select_only()
        .column(activation::Column::Id)
        .filter(activation::Column::LeaseUntil.lt(before))
        .limit(SWEEP)
        .into_tuple()
        .all(connection)
        .await?;
    let gone =
        activation::Entity::delete_many().filter(activation::Column::Id.is_in(ids)).exec(connection).await?;
    Ok(gone.rows_affected)
}
