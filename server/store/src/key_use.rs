//! Where keys are used: calls per key, and their machines.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    Access, Lock,
    entity::{activation, api_log, licence_key},
};

/// Which keys are meant; nothing is all.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeysMeant {
    pub product: Option<i64>,
    /// By global id.
    pub key: Option<i64>,
}

/// The calls for one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub key: i64,
    pub product: Option<i64>,
    pub calls: i64,
    pub succeeded: i64,
    pub first: i64,
    pub last: i64,
}

fn lock(access: Access) -> Lock {
    match access {
        Access::Locked(lock) => lock,
        Access::All | Access::Customer(_) => Lock::default(),
    }
}

/// A part of a list: after or before an id, and from a time until before another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// The lowest ids that follow come first.
    pub after: Option<i64>,
    /// The highest ids that precede come first.
    pub before: Option<i64>,
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub limit: u64,
}

impl Part {
    /// In which order ids come, where the list goes by ids.
    fn by_id(self) -> Option<Order> {
        let ascending = self.after.map(|_| Order::Asc);
        ascending.or(self.before.map(|_| Order::Desc))
    }

    fn restrict<Q: QueryFilter>(self, mut query: Q, id: impl ColumnTrait, at: impl ColumnTrait) -> Q {
        let tests = [
            self.after.map(|after| id.gt(after)),
            self.before.map(|before| id.lt(before)),
            self.from.map(|from| at.gte(from)),
            self.until.map(|until| at.lt(until)),
        ];
        for test in tests.into_iter().flatten() {
            query = query.filter(test);
        }
        query
    }
}

/// Calls per key that the caller may see, the latest first unless the part goes by ids, which are the keys'.
pub async fn summaries<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    meant: KeysMeant,
    part: Part,
) -> Result<Vec<Summary>, DbErr> {
    let lock = lock(access);
    let select = api_log::Entity::find().filter(api_log::Column::KeyId.is_not_null());
    let mut select = part.restrict(select, api_log::Column::KeyId, api_log::Column::At);
    for product in lock.product.map(|id| id.0).into_iter().chain(meant.product) {
        select = select.filter(api_log::Column::ProductId.eq(product));
    }
    for key in lock.key.map(|id| id.0).into_iter().chain(meant.key) {
        select = select.filter(api_log::Column::KeyId.eq(key));
    }
    let column = |column: api_log::Column| Expr::col((api_log::Entity, column));
    let succeeded = Expr::case(column(api_log::Column::Succeeded).eq(true), Expr::val(1_i64));
    let counted = SimpleExpr::from(Func::count(Expr::expr(succeeded)));
    let last = SimpleExpr::from(Func::max(column(api_log::Column::At)));
    select = match part.by_id() {
        Some(order) => select.order_by(api_log::Column::KeyId, order),
        None => select.order_by(last.clone(), Order::Desc),
    };
    let rows: Vec<(i64, Option<i64>, i64, i64, i64, i64)> = select
        .select_only()
        .column(api_log::Column::KeyId)
        .column(api_log::Column::ProductId)
        .column_as(SimpleExpr::from(Func::count(Expr::val(1))), "calls")
        .column_as(counted, "succeeded")
        .column_as(SimpleExpr::from(Func::min(column(api_log::Column::At))), "first")
        .column_as(last, "last")
        .group_by(api_log::Column::KeyId)
        .group_by(api_log::Column::ProductId)
        .limit(part.limit)
        .into_tuple()
        .all(connection)
        .await?;
    let summary = |(key, product, calls, succeeded, first, last)| Summary {
        key,
        product,
        calls,
        succeeded,
        first,
        last,
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// Machines of keys that the caller may see, the last seen first unless the part goes by ids.
pub async fn devices<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    meant: KeysMeant,
    machine: &str,
    part: Part,
) -> Result<Vec<(activation::Model, licence_key::Model)>, DbErr> {
    let mut keys = access.restrict_keys(licence_key::Entity::find());
    if let Some(product) = meant.product {
        keys = keys.filter(licence_key::Column::ProductId.eq(product));
    }
    if let Some(key) = meant.key {
        keys = keys.filter(licence_key::Column::Id.eq(key));
    }
    let ids = sea_orm::QueryTrait::into_query(keys.select_only().column(licence_key::Column::Id));
    let select = activation::Entity::find()
        .filter(Expr::col((activation::Entity, activation::Column::KeyId)).in_subquery(ids));
    let mut select = part.restrict(select, activation::Column::Id, activation::Column::LastSeenAt);
    if !machine.is_empty() {
        select = select.filter(activation::Column::MachineCode.eq(machine));
    }
    if part.by_id().is_none() {
        select = select.order_by_desc(activation::Column::LastSeenAt);
    }
    let rows = select
        .order_by(activation::Column::Id, part.by_id().unwrap_or(Order::Desc))
        .limit(part.limit)
        .all(connection)
        .await?;
    let found = licence_key::Entity::find()
        .filter(licence_key::Column::Id.is_in(rows.iter().map(|row| row.key_id)))
        .all(connection)
        .await?;
    let with_key = |row: activation::Model| {
        let key = found.iter().find(|key| key.id == row.key_id)?.clone();
        Some((row, key))
    };
    Ok(rows.into_iter().filter_map(with_key).collect())
}
