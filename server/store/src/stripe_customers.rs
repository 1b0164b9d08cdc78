//! Which Stripe customer is which customer: queries.

use std::collections::HashMap;

use latchkey_shared::ids::CustomerId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};

use crate::entity::stripe_customer;

/// Whose Stripe customer this is.
pub async fn owner<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_id: &str,
) -> Result<Option<CustomerId>, DbErr> {
    let row = stripe_customer::Entity::find_by_id((account, stripe_id.to_owned())).one(connection).await?;
    Ok(row.map(|row| CustomerId(row.customer_id)))
}

/// Whose Stripe customers these are, as far as they are somebody's.
pub async fn owners<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_ids: impl IntoIterator<Item = String>,
) -> Result<HashMap<String, i64>, DbErr> {
    let rows = stripe_customer::Entity::find()
        .filter(stripe_customer::Column::AccountId.eq(account))
        .filter(stripe_customer::Column::StripeId.is_in(stripe_ids))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.stripe_id, row.customer_id)).collect())
}

/// A customer's Stripe customer in an account: the first one that was tied.
pub async fn of<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    customer: CustomerId,
) -> Result<Option<String>, DbErr> {
    let row = stripe_customer::Entity::find()
        .filter(stripe_customer::Column::AccountId.eq(account))
        .filter(stripe_customer::Column::CustomerId.eq(customer.0))
        .order_by_asc(stripe_customer::Column::CreatedAt)
        .order_by_asc(stripe_customer::Column::StripeId)
        .one(connection)
        .await?;
    Ok(row.map(|row| row.stripe_id))
}

/// Ties a Stripe customer to a customer; one that is tied already stays where it is.
pub async fn tie<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_id: &str,
    customer: CustomerId,
    now: i64,
) -> Result<(), DbErr> {
    let row = stripe_customer::ActiveModel {
        account_id: Set(account),
        stripe_id: Set(stripe_id.to_owned()),
        customer_id: Set(customer.0),
        created_at: Set(now),
    };
    stripe_customer::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Forgets a Stripe customer that no longer exists.
pub async fn untie<C: ConnectionTrait>(connection: &C, account: i64, stripe_id: &str) -> Result<(), DbErr> {
    stripe_customer::Entity::delete_by_id((account, stripe_id.to_owned())).exec(connection).await?;
    Ok(())
}
