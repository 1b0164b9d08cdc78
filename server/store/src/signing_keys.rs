//! Key pairs that sign licences: queries. Their private halves are sealed secrets.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::{signing_key, vendor};

/// The pair that new products name: the oldest that is not retired.
pub async fn default_pair<C: ConnectionTrait>(connection: &C) -> Result<Option<signing_key::Model>, DbErr> {
    signing_key::Entity::find()
        .filter(signing_key::Column::Retired.eq(false))
        .order_by_asc(signing_key::Column::Id)
        .one(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: signing_key::ActiveModel,
) -> Result<signing_key::Model, DbErr> {
    row.insert(connection).await
}

/// Holds back every other process that is about to make a pair, until the caller's transaction ends.
pub async fn lock<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    vendor::Entity::find().lock_exclusive().one(connection).await?;
    Ok(())
}
