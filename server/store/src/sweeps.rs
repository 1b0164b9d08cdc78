//! What the sweeps did: queries.

use latchkey_shared::ids::SubscriptionId;
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel as _, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, OnConflict},
};

use crate::entity::{subscription, sweep_listed, sweep_run};

/// Under way, or broken off.
pub const RUNNING: &str = "running";
pub const DONE: &str = "done";
pub const FAILED: &str = "failed";

/// The newest run of a sweep.
pub async fn latest<C: ConnectionTrait>(
    connection: &C,
    sweep: &str,
) -> Result<Option<sweep_run::Model>, DbErr> {
    sweep_run::Entity::find()
        .filter(sweep_run::Column::Sweep.eq(sweep))
        .order_by_desc(sweep_run::Column::Id)
        .one(connection)
        .await
}

/// The newest runs of a sweep.
pub async fn recent<C: ConnectionTrait>(
    connection: &C,
    sweep: &str,
    limit: u64,
) -> Result<Vec<sweep_run::Model>, DbErr> {
    sweep_run::Entity::find()
        .filter(sweep_run::Column::Sweep.eq(sweep))
        .order_by_desc(sweep_run::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// Whether a sweep ever came to its end, as far as runs are kept.
pub async fn was_done<C: ConnectionTrait>(connection: &C, sweep: &str) -> Result<bool, DbErr> {
    let done = sweep_run::Entity::find()
        .filter(sweep_run::Column::Sweep.eq(sweep))
        .filter(sweep_run::Column::State.eq(DONE));
    Ok(done.one(connection).await?.is_some())
}

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<sweep_run::Model>, DbErr> {
    sweep_run::Entity::find_by_id(id).one(connection).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: sweep_run::ActiveModel,
) -> Result<sweep_run::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a run that was read before and changed.
pub async fn save<C: ConnectionTrait>(connection: &C, row: sweep_run::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Forgets runs that began before `before`.
pub async fn forget<C: ConnectionTrait>(connection: &C, before: i64) -> Result<(), DbErr> {
    sweep_run::Entity::delete_many().filter(sweep_run::Column::StartedAt.lt(before)).exec(connection).await?;
    Ok(())
}

/// Notes that Stripe's list named these subscriptions.
pub async fn listed<C: ConnectionTrait>(connection: &C, ids: &[i64], now: i64) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows =
        ids.iter().map(|id| sweep_listed::ActiveModel { subscription_id: Set(*id), listed_at: Set(now) });
    sweep_listed::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(sweep_listed::Column::SubscriptionId)
                .update_column(sweep_listed::Column::ListedAt)
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Subscriptions of an account that are not over here and were not named by Stripe's list since `since`: from
/// the one after `after`, in the order of their numbers.
pub async fn unlisted<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    since: i64,
    after: SubscriptionId,
) -> Result<Vec<subscription::Model>, DbErr> {
    let named = sweep_listed::Entity::find()
        .select_only()
        .column(sweep_listed::Column::SubscriptionId)
        .filter(sweep_listed::Column::ListedAt.gte(since))
        .filter(
            Expr::col((sweep_listed::Entity, sweep_listed::Column::SubscriptionId))
                .eq(Expr::col((subscription::Entity, subscription::Column::Id))),
        )
        .into_query();
    subscription::Entity::find()
        .filter(subscription::Column::AccountId.eq(account))
        .filter(subscription::Column::StripeId.is_not_null())
        .filter(subscription::Column::EndedAt.is_null())
        .filter(subscription::Column::CreatedAt.lt(since))
        .filter(subscription::Column::Id.gt(after.0))
        .filter(Expr::exists(named).not())
        .order_by_asc(subscription::Column::Id)
        .limit(200)
        .all(connection)
        .await
}
