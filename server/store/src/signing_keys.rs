//! Key pairs that sign licences: queries. Their private halves are sealed secrets.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait as _,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::{product, signing_key, vendor};

/// The pair that new products name: the oldest that is not retired.
pub async fn default_pair<C: ConnectionTrait>(connection: &C) -> Result<Option<signing_key::Model>, DbErr> {
    signing_key::Entity::find()
        .filter(signing_key::Column::Retired.eq(false))
        .order_by_asc(signing_key::Column::Id)
        .one(connection)
        .await
}

/// All pairs, the oldest first, with how many products name each.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<(signing_key::Model, i64)>, DbErr> {
    let pairs = signing_key::Entity::find().order_by_asc(signing_key::Column::Id).all(connection).await?;
    let mut with_products = Vec::new();
    for pair in pairs {
        let named = product::Entity::find().filter(product::Column::SigningKeyId.eq(pair.id));
        let count = i64::try_from(named.count(connection).await?).unwrap_or(i64::MAX);
        with_products.push((pair, count));
    }
    Ok(with_products)
}

/// The pair of that id.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<signing_key::Model>, DbErr> {
    signing_key::Entity::find_by_id(id).one(connection).await
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
