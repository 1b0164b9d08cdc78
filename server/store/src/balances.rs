//! Customers' balances: queries. A balance is the sum of its movements, per currency.

use latchkey_shared::ids::CustomerId;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{balance_entry, customer};

/// Holds a customer's row until the caller's transaction ends, so that what is left is used once.
pub async fn hold<C: ConnectionTrait>(connection: &C, customer: CustomerId) -> Result<(), DbErr> {
    customer::Entity::find_by_id(customer.0).lock_exclusive().one(connection).await?;
    Ok(())
}

/// What a customer has in a currency, minor units.
pub async fn of<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    currency: &str,
) -> Result<i64, DbErr> {
    let amounts: Vec<i64> = balance_entry::Entity::find()
        .select_only()
        .column(balance_entry::Column::Amount)
        .filter(balance_entry::Column::CustomerId.eq(customer.0))
        .filter(balance_entry::Column::Currency.eq(currency))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(amounts.into_iter().fold(0, i64::saturating_add))
}

/// A customer's movements, the latest first.
pub async fn entries<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
) -> Result<Vec<balance_entry::Model>, DbErr> {
    balance_entry::Entity::find()
        .filter(balance_entry::Column::CustomerId.eq(customer.0))
        .order_by_desc(balance_entry::Column::Id)
        .all(connection)
        .await
}

/// Writes a movement.
pub async fn add<C: ConnectionTrait>(connection: &C, row: balance_entry::ActiveModel) -> Result<(), DbErr> {
    balance_entry::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}
