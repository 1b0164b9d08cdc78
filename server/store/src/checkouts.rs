//! Purchases begun in the portal: queries.

use latchkey_shared::ids::CustomerId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{Access, entity::checkout};

/// Can still be paid.
pub const OPEN: &str = "open";
/// Finished at Stripe; the key is still to come.
pub const PAID: &str = "paid";
/// The key is there.
pub const COMPLETE: &str = "complete";
/// Can no longer be paid.
pub const EXPIRED: &str = "expired";
/// Stripe would not begin it, or its payment failed for good.
pub const FAILED: &str = "failed";

/// A purchase the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: &str,
) -> Result<Option<checkout::Model>, DbErr> {
    access.restrict(checkout::Entity::find_by_id(id), checkout::Column::CustomerId).one(connection).await
}

pub async fn by_session<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    session: &str,
) -> Result<Option<checkout::Model>, DbErr> {
    checkout::Entity::find()
        .filter(checkout::Column::AccountId.eq(account))
        .filter(checkout::Column::SessionId.eq(session))
        .one(connection)
        .await
}

/// The purchase that is open for a customer and product; there is at most one.
pub async fn open_one<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    product: i64,
) -> Result<Option<checkout::Model>, DbErr> {
    checkout::Entity::find()
        .filter(checkout::Column::CustomerId.eq(customer.0))
        .filter(checkout::Column::ProductId.eq(product))
        .filter(checkout::Column::Status.eq(OPEN))
        .one(connection)
        .await
}

/// A purchase that was paid and whose subscription has not been seen yet.
pub async fn paid_one<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    product: i64,
) -> Result<Option<checkout::Model>, DbErr> {
    checkout::Entity::find()
        .filter(checkout::Column::CustomerId.eq(customer.0))
        .filter(checkout::Column::ProductId.eq(product))
        .filter(checkout::Column::Status.eq(PAID))
        .filter(checkout::Column::SubscriptionId.is_null())
        .one(connection)
        .await
}

/// Begins a purchase; false where another one is open for the same customer and product.
pub async fn begin<C: ConnectionTrait>(connection: &C, row: checkout::ActiveModel) -> Result<bool, DbErr> {
    let begun = checkout::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(begun > 0)
}

/// Stores Stripe's session of an open purchase.
pub async fn set_session<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    session: &str,
    url: Option<&str>,
    expires_at: i64,
) -> Result<(), DbErr> {
    checkout::Entity::update_many()
        .col_expr(checkout::Column::SessionId, Expr::value(session))
        .col_expr(checkout::Column::Url, Expr::value(url))
        .col_expr(checkout::Column::ExpiresAt, Expr::value(expires_at))
        .filter(checkout::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Moves a purchase on. A complete one stays complete.
pub async fn set_status<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    status: &str,
    now: i64,
) -> Result<(), DbErr> {
    checkout::Entity::update_many()
        .col_expr(checkout::Column::Status, Expr::value(status))
        .col_expr(checkout::Column::UpdatedAt, Expr::value(now))
        .filter(checkout::Column::Id.eq(id))
        .filter(checkout::Column::Status.ne(COMPLETE))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes what came of a purchase.
pub async fn set_outcome<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    status: &str,
    subscription: Option<i64>,
    receipt_url: Option<&str>,
    now: i64,
) -> Result<(), DbErr> {
    let mut update = checkout::Entity::update_many()
        .col_expr(checkout::Column::Status, Expr::value(status))
        .col_expr(checkout::Column::UpdatedAt, Expr::value(now))
        .filter(checkout::Column::Id.eq(id));
    if let Some(subscription) = subscription {
        update = update.col_expr(checkout::Column::SubscriptionId, Expr::value(subscription));
    }
    if let Some(url) = receipt_url {
        update = update.col_expr(checkout::Column::ReceiptUrl, Expr::value(url));
    }
    update.exec(connection).await?;
    Ok(())
}

/// Takes the right to ask Stripe about a purchase, which nobody may do twice within `pause` milliseconds.
pub async fn may_ask<C: ConnectionTrait>(
    connection: &C,
    id: &str,
    now: i64,
    pause: i64,
) -> Result<bool, DbErr> {
    let taken = checkout::Entity::update_many()
        .col_expr(checkout::Column::UpdatedAt, Expr::value(now))
        .filter(checkout::Column::Id.eq(id))
        .filter(checkout::Column::UpdatedAt.lte(now - pause))
        .exec(connection)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Purchases that have been open or paid without anything happening since `before`.
pub async fn stale<C: ConnectionTrait>(connection: &C, before: i64) -> Result<Vec<checkout::Model>, DbErr> {
    checkout::Entity::find()
        .filter(checkout::Column::Status.is_in([OPEN, PAID]))
        .filter(checkout::Column::UpdatedAt.lt(before))
        .order_by_asc(checkout::Column::UpdatedAt)
        .limit(500)
        .all(connection)
        .await
}
