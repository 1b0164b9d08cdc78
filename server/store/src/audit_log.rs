//! What was changed and by whom: queries for programs.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait as _,
};

use crate::{
    Access,
    entity::{audit, licence_key},
};

/// What part of it is wanted, by id.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only this product and its keys.
    pub product: Option<i64>,
    /// Only this key.
    pub key: Option<i64>,
    /// Ids after this one.
    pub after: Option<i64>,
    /// Ids before this one.
    pub before: Option<i64>,
    pub ascending: bool,
    pub limit: u64,
}

/// Changes that the caller may see.
pub async fn wanted<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    wanted: &Wanted,
) -> Result<Vec<audit::Model>, DbErr> {
    let mut select = audit::Entity::find();
    let lock = match access {
        Access::Locked(lock) => lock,
        _ => crate::Lock::default(),
    };
    for product in lock.product.map(|id| id.0).into_iter().chain(wanted.product) {
        select = select.filter(of_product(product));
    }
    for key in lock.key.map(|id| id.0).into_iter().chain(wanted.key) {
        select = select.filter(of("key").add(audit::Column::SubjectId.eq(key)));
    }
    if let Access::Customer(customer) = access {
        select = select.filter(audit::Column::CustomerId.eq(customer.0));
    }
    if let Some(after) = wanted.after {
        select = select.filter(audit::Column::Id.gt(after));
    }
    if let Some(before) = wanted.before {
        select = select.filter(audit::Column::Id.lt(before));
    }
    let order = if wanted.ascending { Order::Asc } else { Order::Desc };
    select.order_by(audit::Column::Id, order).limit(wanted.limit).all(connection).await
}

fn of(kind: &str) -> Condition {
    Condition::all().add(audit::Column::SubjectKind.eq(kind))
}

fn of_product(product: i64) -> Condition {
    let keys = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(licence_key::Column::ProductId.eq(product))
        .into_query();
    Condition::any()
        .add(of("product").add(audit::Column::SubjectId.eq(product)))
        .add(of("key").add(audit::Column::SubjectId.in_subquery(keys)))
}
