//! Connected Stripe accounts and their webhook endpoints: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::{
    checkouts,
    entity::{checkout, stripe_account, stripe_customer, stripe_endpoint, subscription, webshop},
};

/// All accounts, the oldest first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<stripe_account::Model>, DbErr> {
    stripe_account::Entity::find().order_by_asc(stripe_account::Column::Id).all(connection).await
}

/// The account that is meant where none is named: the oldest.
pub async fn first<C: ConnectionTrait>(connection: &C) -> Result<Option<stripe_account::Model>, DbErr> {
    stripe_account::Entity::find().order_by_asc(stripe_account::Column::Id).one(connection).await
}

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Option<stripe_account::Model>, DbErr> {
    stripe_account::Entity::find_by_id(id).one(connection).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: stripe_account::ActiveModel,
) -> Result<stripe_account::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a row that was read before and changed.
pub async fn save<C: ConnectionTrait>(connection: &C, row: stripe_account::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Whether anybody here is a customer of that account, so that its place cannot be taken by another.
pub async fn is_in_use<C: ConnectionTrait>(connection: &C, id: i64) -> Result<bool, DbErr> {
    let customer = stripe_customer::Entity::find()
        .filter(stripe_customer::Column::AccountId.eq(id))
        .one(connection)
        .await?;
    let contract =
        subscription::Entity::find().filter(subscription::Column::AccountId.eq(id)).one(connection).await?;
    Ok(customer.is_some() || contract.is_some())
}

/// What depends on an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    pub customers: u64,
    pub subscriptions: u64,
    /// Purchases that can still be paid, or whose subscription has not been seen.
    pub purchases: u64,
    pub webshops: u64,
}

/// Counts what depends on an account.
pub async fn uses<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Uses, DbErr> {
    let customers = stripe_customer::Entity::find().filter(stripe_customer::Column::AccountId.eq(id));
    let contracts = subscription::Entity::find().filter(subscription::Column::AccountId.eq(id));
    let purchases = checkout::Entity::find()
        .filter(checkout::Column::AccountId.eq(id))
        .filter(checkout::Column::Status.is_in([checkouts::OPEN, checkouts::PAID]));
    let webshops = webshop::Entity::find().filter(webshop::Column::AccountId.eq(id));
    Ok(Uses {
        customers: customers.count(connection).await?,
        subscriptions: contracts.count(connection).await?,
        purchases: purchases.count(connection).await?,
        webshops: webshops.count(connection).await?,
    })
}

/// Notes when the account's catalogue was read.
pub async fn set_synced<C: ConnectionTrait>(connection: &C, id: i64, now: i64) -> Result<(), DbErr> {
    stripe_account::Entity::update_many()
        .col_expr(stripe_account::Column::CatalogSyncedAt, Expr::value(now))
        .filter(stripe_account::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// An account's own endpoint. That of the first account answers the bare webhook path too.
pub async fn default_endpoint<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Option<stripe_endpoint::Model>, DbErr> {
    stripe_endpoint::Entity::find()
        .filter(stripe_endpoint::Column::AccountId.eq(account))
        .filter(stripe_endpoint::Column::IsDefault.eq(true))
        .order_by_asc(stripe_endpoint::Column::Id)
        .one(connection)
        .await
}

pub async fn endpoint_by_slug<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
) -> Result<Option<stripe_endpoint::Model>, DbErr> {
    stripe_endpoint::Entity::find().filter(stripe_endpoint::Column::Slug.eq(slug)).one(connection).await
}

pub async fn insert_endpoint<C: ConnectionTrait>(
    connection: &C,
    row: stripe_endpoint::ActiveModel,
) -> Result<stripe_endpoint::Model, DbErr> {
    row.insert(connection).await
}

pub async fn find_endpoint<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Option<stripe_endpoint::Model>, DbErr> {
    stripe_endpoint::Entity::find_by_id(id).one(connection).await
}

/// An account's endpoints, the oldest first.
pub async fn endpoints_of<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> Result<Vec<stripe_endpoint::Model>, DbErr> {
    stripe_endpoint::Entity::find()
        .filter(stripe_endpoint::Column::AccountId.eq(account))
        .order_by_asc(stripe_endpoint::Column::Id)
        .all(connection)
        .await
}

pub async fn remove_endpoint<C: ConnectionTrait>(connection: &C, id: i64) -> Result<(), DbErr> {
    stripe_endpoint::Entity::delete_by_id(id).exec(connection).await?;
    Ok(())
}

/// Saves an endpoint that was read before and changed.
pub async fn save_endpoint<C: ConnectionTrait>(
    connection: &C,
    row: stripe_endpoint::Model,
) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Notes when an account's endpoints last received something.
pub async fn set_received<C: ConnectionTrait>(connection: &C, account: i64, at: i64) -> Result<(), DbErr> {
    stripe_endpoint::Entity::update_many()
        .col_expr(stripe_endpoint::Column::LastReceivedAt, Expr::value(at))
        .filter(stripe_endpoint::Column::AccountId.eq(account))
        .exec(connection)
        .await?;
    Ok(())
}
