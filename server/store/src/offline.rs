//! Subscriptions and plans that no payment provider bills: queries.

use latchkey_shared::ids::CustomerId;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use crate::entity::{offline_contract, plan, plan_price, subscription};

/// The contract of a subscription, where it is billed offline.
pub async fn contract<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
) -> Result<Option<offline_contract::Model>, DbErr> {
    offline_contract::Entity::find_by_id(subscription).one(connection).await
}

/// The contracts of those subscriptions that are billed offline.
pub async fn contracts<C: ConnectionTrait>(
    connection: &C,
    subscriptions: &[i64],
) -> Result<Vec<offline_contract::Model>, DbErr> {
    offline_contract::Entity::find()
        .filter(offline_contract::Column::SubscriptionId.is_in(subscriptions.iter().copied()))
        .all(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(connection: &C, row: offline_contract::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().insert(connection).await?;
    Ok(())
}

pub async fn save<C: ConnectionTrait>(connection: &C, row: offline_contract::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Subscriptions billed offline that were to end by now and have not, the first by number.
pub async fn to_be_ended<C: ConnectionTrait>(
    connection: &C,
    now: i64,
) -> Result<Vec<subscription::Model>, DbErr> {
    use subscription::Column as Col;
    let offline = sea_orm::QueryTrait::into_query(
        offline_contract::Entity::find().select_only().column(offline_contract::Column::SubscriptionId),
    );
    subscription::Entity::find()
        .filter(Col::Id.in_subquery(offline))
        .filter(Col::EndedAt.is_null())
        .filter(Col::CancelsAt.lte(now))
        .order_by_asc(Col::Id)
        .limit(200)
        .all(connection)
        .await
}

/// Contracts that are to be renewed from the balance by now, the oldest first.
pub async fn to_be_renewed<C: ConnectionTrait>(
    connection: &C,
    now: i64,
) -> Result<Vec<offline_contract::Model>, DbErr> {
    offline_contract::Entity::find()
        .filter(offline_contract::Column::RenewsAt.lte(now))
        .order_by_asc(offline_contract::Column::RenewsAt)
        .order_by_asc(offline_contract::Column::SubscriptionId)
        .limit(200)
        .all(connection)
        .await
}

/// What of a customer's is agreed and waits for a sign-in, the oldest first.
pub async fn awaiting_sign_in<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
) -> Result<Vec<subscription::Model>, DbErr> {
    use subscription::Column as Col;
    subscription::Entity::find()
        .filter(Col::CustomerId.eq(customer.0))
        .filter(Col::Status.eq("pending_start"))
        .filter(Col::StripeStatus.is_null())
        .filter(Col::PaidThrough.is_null())
        .filter(Col::EndedAt.is_null())
        .order_by_asc(Col::Id)
        .all(connection)
        .await
}

/// Says when a contract is tried to be renewed next; never, where that is over.
pub async fn renew_at<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    at: Option<i64>,
) -> Result<(), DbErr> {
    offline_contract::Entity::update_many()
        .col_expr(offline_contract::Column::RenewsAt, Expr::value(at))
        .filter(offline_contract::Column::SubscriptionId.eq(subscription))
        .exec(connection)
        .await?;
    Ok(())
}

/// A customer was credited something: what waits for that to be renewed is tried at once.
pub async fn credited<C: ConnectionTrait>(connection: &C, customer: i64, now: i64) -> Result<(), DbErr> {
    let own = sea_orm::QueryTrait::into_query(
        subscription::Entity::find()
            .select_only()
            .column(subscription::Column::Id)
            .filter(subscription::Column::CustomerId.eq(customer)),
    );
    offline_contract::Entity::update_many()
        .col_expr(offline_contract::Column::RenewsAt, Expr::value(now))
        .filter(offline_contract::Column::SubscriptionId.in_subquery(own))
        .filter(offline_contract::Column::RenewsAt.gt(now))
        .filter(offline_contract::Column::TermEnd.lte(now))
        .exec(connection)
        .await?;
    Ok(())
}

/// What plans cost, in every currency they have.
pub async fn prices<C: ConnectionTrait>(
    connection: &C,
    plans: &[i64],
) -> Result<Vec<plan_price::Model>, DbErr> {
    plan_price::Entity::find()
        .filter(plan_price::Column::PlanId.is_in(plans.iter().copied()))
        .order_by_asc(plan_price::Column::PlanId)
        .order_by_asc(plan_price::Column::Currency)
        .all(connection)
        .await
}

/// Offline plans of all products, the cheapest first; those withdrawn too.
pub async fn plans<C: ConnectionTrait>(connection: &C) -> Result<Vec<plan::Model>, DbErr> {
    plan::Entity::find()
        .filter(plan::Column::AccountId.is_null())
        .filter(plan::Column::StripePrice.is_null())
        .order_by_asc(plan::Column::ProductId)
        .order_by_asc(plan::Column::Amount)
        .order_by_asc(plan::Column::Id)
        .all(connection)
        .await
}

pub async fn insert_plan<C: ConnectionTrait>(
    connection: &C,
    row: plan::ActiveModel,
) -> Result<plan::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save_plan<C: ConnectionTrait>(connection: &C, row: plan::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Makes the prices of a plan those that are given.
pub async fn set_prices<C: ConnectionTrait>(
    connection: &C,
    plan: i64,
    prices: Vec<plan_price::Model>,
) -> Result<(), DbErr> {
    plan_price::Entity::delete_many().filter(plan_price::Column::PlanId.eq(plan)).exec(connection).await?;
    let rows = prices.into_iter().map(|price| price.into_active_model().reset_all());
    plan_price::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}
