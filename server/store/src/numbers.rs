//! Figures for the dashboard.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use crate::entity::{customer, licence_key, plan, stripe_account, subscription, user};

async fn count<C: ConnectionTrait, E: EntityTrait>(
    connection: &C,
    select: sea_orm::Select<E>,
) -> Result<i64, DbErr>
where
    E::Model: FromQueryResult + Sized + Send + Sync,
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

/// The statuses in which a contract counts as running.
pub const RUNNING: [&str; 4] = ["trial", "active", "past_due", "grace"];

/// When the contracts that run began.
pub async fn running_since<C: ConnectionTrait>(connection: &C) -> Result<Vec<i64>, DbErr> {
    subscription::Entity::find()
        .select_only()
        .column(subscription::Column::CreatedAt)
        .filter(subscription::Column::Status.is_in(RUNNING))
        .into_tuple()
        .all(connection)
        .await
}

/// A contract that does not run: when it began, and what is known of when it stopped.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Stopped {
    pub created_at: i64,
    pub status: String,
    pub ended_at: Option<i64>,
    pub paid_through: Option<i64>,
    pub updated_at: i64,
}

/// The contracts that do not run and may have done so after `since`.
pub async fn stopped_after<C: ConnectionTrait>(connection: &C, since: i64) -> Result<Vec<Stopped>, DbErr> {
    use subscription::Column as C;
    let lately = Condition::any()
        .add(C::EndedAt.gte(since))
        .add(Condition::all().add(C::EndedAt.is_null()).add(C::UpdatedAt.gte(since)));
    subscription::Entity::find()
        .select_only()
        .columns([C::CreatedAt, C::Status, C::EndedAt, C::PaidThrough, C::UpdatedAt])
        .filter(C::Status.is_not_in(RUNNING))
        .filter(lately)
        .into_model()
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
