//! Which key belongs to which subscription: queries. A row per subscription and licensed product, so that no
//! second key can be made.

use latchkey_shared::ids::CustomerId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, sea_query::Expr,
};

use crate::{
    entity::{licence_key, subscription_key},
    keys,
};

/// A subscription's keys with the keys themselves, by product.
pub async fn of_subscription<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
) -> Result<Vec<(subscription_key::Model, licence_key::Model)>, DbErr> {
    of_subscriptions(connection, &[subscription]).await
}

/// The same for several subscriptions.
pub async fn of_subscriptions<C: ConnectionTrait>(
    connection: &C,
    subscriptions: &[i64],
) -> Result<Vec<(subscription_key::Model, licence_key::Model)>, DbErr> {
    let ties = subscription_key::Entity::find()
        .filter(subscription_key::Column::SubscriptionId.is_in(subscriptions.iter().copied()))
        .order_by_asc(subscription_key::Column::SubscriptionId)
        .order_by_asc(subscription_key::Column::KeyId)
        .all(connection)
        .await?;
    let ids = ties.iter().map(|tie| tie.key_id);
    let keys = licence_key::Entity::find().filter(licence_key::Column::Id.is_in(ids)).all(connection).await?;
    let with_key = |tie: subscription_key::Model| {
        let key = keys.iter().find(|key| key.id == tie.key_id)?.clone();
        Some((tie, key))
    };
    Ok(ties.into_iter().filter_map(with_key).collect())
}

/// The subscription that a key belongs to.
pub async fn of_key<C: ConnectionTrait>(
    connection: &C,
    key: i64,
) -> Result<Option<subscription_key::Model>, DbErr> {
    subscription_key::Entity::find().filter(subscription_key::Column::KeyId.eq(key)).one(connection).await
}

/// The subscriptions of those keys.
pub async fn of_keys<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<Vec<subscription_key::Model>, DbErr> {
    subscription_key::Entity::find()
        .filter(subscription_key::Column::KeyId.is_in(keys.iter().copied()))
        .all(connection)
        .await
}

/// Ties a key to its subscription. The database refuses a second one for the same product.
pub async fn tie<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    product: i64,
    key: i64,
    now: i64,
) -> Result<(), DbErr> {
    let row = subscription_key::ActiveModel {
        subscription_id: Set(subscription),
        product_id: Set(product),
        key_id: Set(key),
        written_back_at: Set(None),
        created_at: Set(now),
        overrules: Set(None),
    };
    subscription_key::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Notes that Stripe has the numbers of a subscription's keys.
pub async fn written_back<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    keys: &[i64],
    now: i64,
) -> Result<(), DbErr> {
    subscription_key::Entity::update_many()
        .col_expr(subscription_key::Column::WrittenBackAt, Expr::value(now))
        .filter(subscription_key::Column::SubscriptionId.eq(subscription))
        .filter(subscription_key::Column::KeyId.is_in(keys.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that Stripe has to be told the numbers of a subscription's keys once more.
pub async fn to_be_told<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    keys: &[i64],
) -> Result<(), DbErr> {
    subscription_key::Entity::update_many()
        .col_expr(subscription_key::Column::WrittenBackAt, Expr::value(Option::<i64>::None))
        .filter(subscription_key::Column::SubscriptionId.eq(subscription))
        .filter(subscription_key::Column::KeyId.is_in(keys.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Subscriptions with a key that Stripe has not been told of, made before `before`.
pub async fn not_written_back<C: ConnectionTrait>(connection: &C, before: i64) -> Result<Vec<i64>, DbErr> {
    subscription_key::Entity::find()
        .select_only()
        .column(subscription_key::Column::SubscriptionId)
        .distinct()
        .filter(subscription_key::Column::WrittenBackAt.is_null())
        .filter(subscription_key::Column::CreatedAt.lt(before))
        .limit(500)
        .into_tuple()
        .all(connection)
        .await
}

/// Notes which numbers at Stripe a person decided against in favour of the key that is tied.
pub async fn overrule<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    product: i64,
    numbers: &str,
) -> Result<(), DbErr> {
    subscription_key::Entity::update_many()
        .col_expr(subscription_key::Column::Overrules, Expr::value(numbers))
        .filter(subscription_key::Column::SubscriptionId.eq(subscription))
        .filter(subscription_key::Column::ProductId.eq(product))
        .exec(connection)
        .await?;
    Ok(())
}

/// Ties `new` where `old` was tied. What Stripe says of the old one, in any of the ways in which it may stand there,
/// may be written over.
pub async fn replace<C: ConnectionTrait>(
    connection: &C,
    tie: subscription_key::Model,
    old: &licence_key::Model,
    new: i64,
) -> Result<(), DbErr> {
    let (number, id) = (old.number, old.id);
    let old_numbers = format!("{number}/{id} {number}/ /{id}");
    let overrules = match &tie.overrules {
        Some(before) => format!("{before} {old_numbers}"),
        None => old_numbers,
    };
    subscription_key::Entity::update_many()
        .col_expr(subscription_key::Column::KeyId, Expr::value(new))
        .col_expr(subscription_key::Column::WrittenBackAt, Expr::value(Option::<i64>::None))
        .col_expr(subscription_key::Column::Overrules, Expr::value(overrules))
        .filter(subscription_key::Column::SubscriptionId.eq(tie.subscription_id))
        .filter(subscription_key::Column::ProductId.eq(tie.product_id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Lets go of the key of a product in a subscription.
pub async fn untie<C: ConnectionTrait>(connection: &C, subscription: i64, product: i64) -> Result<(), DbErr> {
    subscription_key::Entity::delete_by_id((subscription, product)).exec(connection).await?;
    Ok(())
}

/// Keys that were made by hand for a customer since `since` and belong to no subscription, the oldest first.
pub async fn made_by_hand<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    since: i64,
) -> Result<Vec<licence_key::Model>, DbErr> {
    let tied = subscription_key::Entity::find()
        .select_only()
        .column(subscription_key::Column::KeyId)
        .join(
            JoinType::InnerJoin,
            subscription_key::Entity::belongs_to(licence_key::Entity)
                .from(subscription_key::Column::KeyId)
                .to(licence_key::Column::Id)
                .into(),
        )
        .filter(licence_key::Column::CustomerId.eq(customer.0))
        .into_query();
    licence_key::Entity::find()
        .filter(licence_key::Column::CustomerId.eq(customer.0))
        .filter(licence_key::Column::Source.is_in(["staff", "api"]))
        .filter(licence_key::Column::CreatedAt.gte(since))
        .filter(licence_key::Column::Id.not_in_subquery(tied))
        .filter(keys::in_use())
        .order_by_asc(licence_key::Column::Id)
        .all(connection)
        .await
}

/// How many keys Stripe has been told of since `since`.
pub async fn told_since<C: ConnectionTrait>(connection: &C, since: i64) -> Result<u64, DbErr> {
    subscription_key::Entity::find()
        .filter(subscription_key::Column::WrittenBackAt.gte(since))
        .count(connection)
        .await
}
