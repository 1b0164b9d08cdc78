//! Plans: queries.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::entity::{plan, product};

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<plan::Model>, DbErr> {
    plan::Entity::find_by_id(id).one(connection).await
}

/// Every plan, those that are withdrawn too.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<plan::Model>, DbErr> {
    plan::Entity::find().order_by_asc(plan::Column::Id).all(connection).await
}

/// Every product, which few vendors have more than a handful of.
pub async fn all_products<C: ConnectionTrait>(connection: &C) -> Result<Vec<product::Model>, DbErr> {
    product::Entity::find().order_by_asc(product::Column::Id).all(connection).await
}

/// All plans of these products, the cheapest first.
pub async fn of_products<C: ConnectionTrait>(
    connection: &C,
    products: impl IntoIterator<Item = i64>,
) -> Result<Vec<plan::Model>, DbErr> {
    in_order(plan::Entity::find().filter(plan::Column::ProductId.is_in(products))).all(connection).await
}

/// Everything a customer can buy through Stripe, the cheapest first.
pub async fn offered<C: ConnectionTrait>(connection: &C) -> Result<Vec<plan::Model>, DbErr> {
    let bought_at_stripe = plan::Entity::find()
        .filter(plan::Column::Offered.eq(true))
        .filter(plan::Column::StripePrice.is_not_null());
    in_order(bought_at_stripe).all(connection).await
}

/// These plans.
pub async fn by_ids<C: ConnectionTrait>(connection: &C, ids: &[i64]) -> Result<Vec<plan::Model>, DbErr> {
    plan::Entity::find().filter(plan::Column::Id.is_in(ids.iter().copied())).all(connection).await
}

fn in_order(select: sea_orm::Select<plan::Entity>) -> sea_orm::Select<plan::Entity> {
    select
        .order_by_asc(plan::Column::ProductId)
        .order_by_asc(plan::Column::Amount)
        .order_by_asc(plan::Column::Id)
}

/// The plans that mirror an account's prices.
pub async fn of_account<C: ConnectionTrait>(connection: &C, account: i64) -> Result<Vec<plan::Model>, DbErr> {
    plan::Entity::find().filter(plan::Column::AccountId.eq(account)).all(connection).await
}

/// Makes or refreshes the plan of a Stripe price.
pub async fn save<C: ConnectionTrait>(connection: &C, row: plan::ActiveModel) -> Result<(), DbErr> {
    use plan::Column as Col;
    plan::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Col::AccountId, Col::StripePrice])
                .update_columns([
                    Col::ProductId,
                    Col::Name,
                    Col::Currency,
                    Col::Amount,
                    Col::IntervalUnit,
                    Col::IntervalCount,
                    Col::TrialDays,
                    Col::KeyParams,
                    Col::Offered,
                    Col::UpdatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Withdraws plans; subscriptions that have them go on.
pub async fn withdraw<C: ConnectionTrait>(connection: &C, ids: &[i64], now: i64) -> Result<(), DbErr> {
    plan::Entity::update_many()
        .col_expr(plan::Column::Offered, Expr::value(false))
        .col_expr(plan::Column::UpdatedAt, Expr::value(now))
        .filter(plan::Column::Id.is_in(ids.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
