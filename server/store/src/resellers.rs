//! Resellers: queries.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder,
};

use crate::entity::reseller;

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<reseller::Model>, DbErr> {
    reseller::Entity::find_by_id(id).one(connection).await
}

/// Those resellers by id.
pub async fn by_ids<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, reseller::Model>, DbErr> {
    let ids: Vec<i64> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = reseller::Entity::find().filter(reseller::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// All that were not removed.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<reseller::Model>, DbErr> {
    reseller::Entity::find()
        .filter(reseller::Column::Removed.eq(false))
        .order_by_asc(reseller::Column::Id)
        .all(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: reseller::ActiveModel,
) -> Result<reseller::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: reseller::Model,
) -> Result<reseller::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}
