//! Figures for the dashboard.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::entity::{customer, licence_key, plan, stripe_account, subscription, user};

async fn count<C: ConnectionTrait, E: EntityTrait>(
    connection: &C,
    select: sea_orm::Select<E>,
) -> Result<i64, DbErr>
where
    E::Model: sea_orm::FromQueryResult + Sized + Send + Sync,
{
    Ok(i64::try_from(select.count(connection).await?).unwrap_or(i64::MAX))
}

pub async fn customers<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    count(connection, customer::Entity::find()).await
}

/// When customers were added since then.
pub async fn customers_created<C: ConnectionTrait>(connection: &C, since: i64) -> Result<Vec<i64>, DbErr> {
    customer::Entity::find()
        .select_only()
        .column(customer::Column::CreatedAt)
        .filter(customer::Column::CreatedAt.gte(since))
        .into_tuple()
        .all(connection)
        .await
}

pub async fn subscriptions_with<C: ConnectionTrait>(connection: &C, statuses: &[&str]) -> Result<i64, DbErr> {
    let select =
        subscription::Entity::find().filter(subscription::Column::Status.is_in(statuses.iter().copied()));
    count(connection, select).await
}

/// Begin and end of every contract.
pub async fn contracts<C: ConnectionTrait>(connection: &C) -> Result<Vec<(i64, Option<i64>)>, DbErr> {
    subscription::Entity::find()
        .select_only()
        .column(subscription::Column::CreatedAt)
        .column(subscription::Column::EndedAt)
        .into_tuple()
        .all(connection)
        .await
}

/// Contracts whose paid time ends between the two and that go on then.
pub async fn renewals<C: ConnectionTrait>(connection: &C, from: i64, until: i64) -> Result<i64, DbErr> {
    let select = subscription::Entity::find()
        .filter(subscription::Column::Status.is_in(["trial", "active"]))
        .filter(subscription::Column::CancelsAt.is_null())
        .filter(subscription::Column::PaidThrough.gte(from))
        .filter(subscription::Column::PaidThrough.lt(until));
    count(connection, select).await
}

/// Keys that are neither blocked nor expired.
pub async fn working_keys<C: ConnectionTrait>(connection: &C, now: i64) -> Result<i64, DbErr> {
    let select = licence_key::Entity::find().filter(licence_key::Column::Blocked.eq(false)).filter(
        sea_orm::Condition::any()
            .add(licence_key::Column::ExpiresAt.is_null())
            .add(licence_key::Column::ExpiresAt.gt(now)),
    );
    count(connection, select).await
}

pub async fn stripe_accounts<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    count(connection, stripe_account::Entity::find()).await
}

pub async fn offered_plans<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    count(connection, plan::Entity::find().filter(plan::Column::Offered.eq(true))).await
}

pub async fn portal_users<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    count(connection, user::Entity::find()).await
}
