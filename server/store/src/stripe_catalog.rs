//! The mirror of Stripe's products and prices: queries.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::entity::{stripe_price, stripe_product};

pub async fn products<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Vec<stripe_product::Model>, DbErr> {
    stripe_product::Entity::find()
        .filter(stripe_product::Column::AccountId.eq(account))
        .filter(stripe_product::Column::Deleted.eq(false))
        .order_by_asc(stripe_product::Column::Name)
        .order_by_asc(stripe_product::Column::StripeId)
        .all(connection)
        .await
}

/// `skm_product_id` by Stripe product, also of deleted ones.
pub async fn product_numbers<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Vec<(String, String)>, DbErr> {
    stripe_product::Entity::find()
        .select_only()
        .column(stripe_product::Column::StripeId)
        .column(stripe_product::Column::SkmProductId)
        .filter(stripe_product::Column::AccountId.eq(account))
        .filter(stripe_product::Column::SkmProductId.is_not_null())
        .into_tuple()
        .all(connection)
        .await
}

pub async fn prices<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Vec<stripe_price::Model>, DbErr> {
    stripe_price::Entity::find()
        .filter(stripe_price::Column::AccountId.eq(account))
        .order_by_asc(stripe_price::Column::UnitAmount)
        .order_by_asc(stripe_price::Column::StripeId)
        .all(connection)
        .await
}

pub async fn save_product<C: ConnectionTrait>(
    connection: &C,
    row: stripe_product::ActiveModel,
) -> Result<(), DbErr> {
    use stripe_product::Column as Col;
    stripe_product::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Col::AccountId, Col::StripeId])
                .update_columns([
                    Col::Name,
                    Col::Description,
                    Col::Active,
                    Col::SkmProductId,
                    Col::Deleted,
                    Col::FetchedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub async fn save_price<C: ConnectionTrait>(
    connection: &C,
    row: stripe_price::ActiveModel,
) -> Result<(), DbErr> {
    use stripe_price::Column as Col;
    stripe_price::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Col::AccountId, Col::StripeId])
                .update_columns([
                    Col::StripeProduct,
                    Col::Nickname,
                    Col::Active,
                    Col::Currency,
                    Col::UnitAmount,
                    Col::IntervalUnit,
                    Col::IntervalCount,
                    Col::UsageType,
                    Col::BillingScheme,
                    Col::TrialDays,
                    Col::Skm,
                    Col::FetchedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// What the last complete listing no longer contained is gone: products are marked deleted, prices inactive.
pub async fn sweep<C: ConnectionTrait>(connection: &C, account: i64, fetched_at: i64) -> Result<(), DbErr> {
    stripe_product::Entity::update_many()
        .col_expr(stripe_product::Column::Deleted, Expr::value(true))
        .filter(stripe_product::Column::AccountId.eq(account))
        .filter(stripe_product::Column::FetchedAt.lt(fetched_at))
        .exec(connection)
        .await?;
    stripe_price::Entity::update_many()
        .col_expr(stripe_price::Column::Active, Expr::value(false))
        .filter(stripe_price::Column::AccountId.eq(account))
        .filter(stripe_price::Column::FetchedAt.lt(fetched_at))
        .exec(connection)
        .await?;
    Ok(())
}
