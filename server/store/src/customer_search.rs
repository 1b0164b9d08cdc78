//! Finding customers for programs: by secret, by part of a name, by who sold to them.

use std::collections::HashMap;

use latchkey_shared::ids::CustomerId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait as _, sea_query::Expr,
};

use crate::{
    entity::{customer, licence_key},
    text_match,
};

/// The customer with this secret's hash.
pub async fn by_secret_hash<C: ConnectionTrait>(
    connection: &C,
    hash: Vec<u8>,
) -> Result<Option<customer::Model>, DbErr> {
    customer::Entity::find().filter(customer::Column::SecretHash.eq(hash)).one(connection).await
}

/// Customers whose name, company or e-mail contains a text (with `with_id`, or whose number it is), or that one
/// customer.
pub async fn search<C: ConnectionTrait>(
    connection: &C,
    text: &str,
    id: Option<CustomerId>,
    with_id: bool,
    newest_first: bool,
    limit: u64,
) -> Result<Vec<customer::Model>, DbErr> {
    let mut select = customer::Entity::find();
    if let Some(id) = id {
        select = select.filter(customer::Column::Id.eq(id.0));
    }
    if !text.is_empty() {
        let mut any = Condition::any().add(
            Expr::col((customer::Entity, customer::Column::SearchText))
                .like(text_match::contains(&text.to_lowercase())),
        );
        if let Some(id) = text.parse::<i64>().ok().filter(|_| with_id) {
            any = any.add(customer::Column::Id.eq(id));
        }
        select = select.filter(any);
    }
    let select = if newest_first {
        select.order_by_desc(customer::Column::CreatedAt).order_by_desc(customer::Column::Id)
    } else {
        select.order_by_asc(customer::Column::Id)
    };
    select.limit(limit).all(connection).await
}

/// The customers who have keys that a reseller sold.
pub async fn of_reseller<C: ConnectionTrait>(
    connection: &C,
    reseller: i64,
) -> Result<Vec<customer::Model>, DbErr> {
    let owners = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::CustomerId)
        .filter(licence_key::Column::ResellerId.eq(reseller))
        .filter(licence_key::Column::CustomerId.is_not_null())
        .into_query();
    customer::Entity::find()
        .filter(Expr::col((customer::Entity, customer::Column::Id)).in_subquery(owners))
        .order_by_asc(customer::Column::Id)
        .all(connection)
        .await
}

/// The countries of the customers who have those keys; keys without one are left out.
pub async fn countries_of_keys<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    let mut countries = HashMap::new();
    for some in keys.chunks(1_000) {
        let rows: Vec<(i64, String)> = licence_key::Entity::find()
            .select_only()
            .column(licence_key::Column::Id)
            .column(customer::Column::Country)
            .join(
                JoinType::InnerJoin,
                licence_key::Entity::belongs_to(customer::Entity)
                    .from(licence_key::Column::CustomerId)
                    .to(customer::Column::Id)
                    .into(),
            )
            .filter(licence_key::Column::Id.is_in(some.iter().copied()))
            .filter(customer::Column::Country.ne(""))
            .into_tuple()
            .all(connection)
            .await?;
        countries.extend(rows);
    }
    Ok(countries)
}
