//! Licence templates: queries.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel as _, QueryFilter, QueryOrder,
};

use crate::entity::licence_template;

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Option<licence_template::Model>, DbErr> {
    licence_template::Entity::find_by_id(id).one(connection).await
}

/// The templates of all products.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<licence_template::Model>, DbErr> {
    licence_template::Entity::find().all(connection).await
}

/// The templates of a product, by name.
pub async fn of_product<C: ConnectionTrait>(
    connection: &C,
    product: i64,
) -> Result<Vec<licence_template::Model>, DbErr> {
    licence_template::Entity::find()
        .filter(licence_template::Column::ProductId.eq(product))
        .order_by_asc(licence_template::Column::Name)
        .order_by_asc(licence_template::Column::Id)
        .all(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: licence_template::ActiveModel,
) -> Result<licence_template::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a changed row, counting its version up; nothing where somebody else saved since it was read.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: licence_template::Model,
    now: i64,
) -> Result<Option<licence_template::Model>, DbErr> {
    let (id, version) = (row.id, row.version);
    let mut changed = row.into_active_model().reset_all();
    changed.version = Set(version + 1);
    changed.updated_at = Set(now);
    let saved = licence_template::Entity::update_many()
        .set(changed)
        .filter(licence_template::Column::Id.eq(id))
        .filter(licence_template::Column::Version.eq(version))
        .exec(connection)
        .await?;
    if saved.rows_affected == 0 { Ok(None) } else { find(connection, id).await }
}

pub async fn delete<C: ConnectionTrait>(connection: &C, id: i64) -> Result<(), DbErr> {
    licence_template::Entity::delete_by_id(id).exec(connection).await?;
    Ok(())
}
