//! What the hourly run looks for among licence keys.

use std::collections::BTreeMap;

use latchkey_shared::{api::data::RefType, status::BlockSource};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _,
    sea_query::{Expr, SimpleExpr},
};

use crate::entity::{customer, data_object, licence_key, product, subscription_key};

/// The name of the data object that marks what Stripe bills.
const STRIPE_ITEM: &str = "cryptolens_stripesubscriptionitemid";

fn id() -> SimpleExpr {
    Expr::col((licence_key::Entity, licence_key::Column::Id))
}

/// Keys that nobody but their own dates decides about.
fn not_billed() -> Condition {
    let marked = data_object::Entity::find()
        .select_only()
        .column(data_object::Column::RefId)
        .filter(data_object::Column::RefType.eq(RefType::Key.number()))
        .filter(data_object::Column::Name.eq(STRIPE_ITEM))
        .into_query();
    let tied =
        subscription_key::Entity::find().select_only().column(subscription_key::Column::KeyId).into_query();
    Condition::all().add(id().not_in_subquery(marked)).add(id().not_in_subquery(tied))
}

/// Keys that are over, of products that block such keys, after an id: not blocked yet, not billed by Stripe, limited in
/// time.
pub async fn expired<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    after: i64,
    limit: u64,
) -> Result<Vec<licence_key::Model>, DbErr> {
    let blocking: Vec<(i64, i64)> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .column(product::Column::LimitingFeatures)
        .filter(product::Column::BlocksExpired.eq(true))
        .into_tuple()
        .all(connection)
        .await?;
    if blocking.is_empty() {
        return Ok(Vec::new());
    }
    let mut products = BTreeMap::<i64, Vec<i64>>::new();
    for (id, features) in blocking {
        products.entry(features).or_default().push(id);
    }
    let limited = products.into_iter().fold(Condition::any(), |any, (features, ids)| {
        let of_them = Condition::all().add(licence_key::Column::ProductId.is_in(ids));
        any.add(if features == 0 { of_them } else { of_them.add(has_one(features)) })
    });
    licence_key::Entity::find()
        .filter(licence_key::Column::Id.gt(after))
        .filter(licence_key::Column::Blocked.eq(false))
        .filter(licence_key::Column::ExpiresAt.lte(now))
        .filter(limited)
        .filter(not_billed())
        .order_by_asc(licence_key::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// Keys with one of those features, a bit each.
fn has_one(features: i64) -> Condition {
    use licence_key::Column as C;
    let all = [C::F1, C::F2, C::F3, C::F4, C::F5, C::F6, C::F7, C::F8];
    let named = all.into_iter().enumerate().filter(|(index, _)| features & (1 << index) != 0);
    named.fold(Condition::any(), |any, (_, column)| any.add(column.eq(true)))
}

/// Keys of a product that end between two times, after an id. With their customer, where it has an address and is
/// not disabled.
pub async fn ending<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    (from, until): (i64, i64),
    after: i64,
    limit: u64,
) -> Result<Vec<(licence_key::Model, Option<customer::Model>)>, DbErr> {
    // A key that the hourly run itself blocked is told of, another block is not about the expiry.
    let told = Condition::any()
        .add(licence_key::Column::Blocked.eq(false))
        .add(licence_key::Column::BlockSource.eq(BlockSource::Scheduler.as_str()));
    let keys = licence_key::Entity::find()
        .filter(licence_key::Column::ProductId.eq(product))
        .filter(licence_key::Column::Id.gt(after))
        .filter(licence_key::Column::ExpiresAt.gte(from))
        .filter(licence_key::Column::ExpiresAt.lte(until))
        .filter(licence_key::Column::CustomerId.is_not_null())
        .filter(told)
        .filter(not_billed())
        .order_by_asc(licence_key::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    let owners = crate::customers::by_ids(connection, keys.iter().filter_map(|key| key.customer_id)).await?;
    let with_owner = |key: licence_key::Model| {
        let owner = key.customer_id.and_then(|id| owners.get(&id).cloned());
        (key, owner.filter(|owner| !owner.email.is_empty() && !owner.disabled))
    };
    Ok(keys.into_iter().map(with_owner).collect())
}

/// Notes which reminder of a key is sent, on the transaction that writes it; false where it was sent already.
pub async fn reminded<C: ConnectionTrait>(connection: &C, key: i64, notice: i64) -> Result<bool, DbErr> {
    let column = licence_key::Column::NoticeSentFor;
    let noted = licence_key::Entity::update_many()
        .col_expr(column, Expr::value(notice))
        .filter(licence_key::Column::Id.eq(key))
        .filter(column.is_null().or(column.lt(notice)))
        .exec(connection)
        .await?;
    Ok(noted.rows_affected > 0)
}

/// Sets the data objects of that name of all keys of a product; how many.
pub async fn reset_counters<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    name: &str,
    value: i64,
    now: i64,
) -> Result<u64, DbErr> {
    let keys = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(licence_key::Column::ProductId.eq(product))
        .into_query();
    let set = data_object::Entity::update_many()
        .col_expr(data_object::Column::IntValue, Expr::value(value))
        .col_expr(data_object::Column::UpdatedAt, Expr::value(now))
        .filter(data_object::Column::RefType.eq(RefType::Key.number()))
        .filter(data_object::Column::Name.eq(name))
        .filter(Expr::col((data_object::Entity, data_object::Column::RefId)).in_subquery(keys))
        .exec(connection)
        .await?;
    Ok(set.rows_affected)
}
