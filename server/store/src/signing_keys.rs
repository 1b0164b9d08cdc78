//! Key pairs that sign licences: queries. Their private halves are sealed secrets.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect,
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

/// Products that are named for a pair.
const NAMED: u64 = 20;

/// A pair, how many products name it, and the ids and names of the first of those.
pub type PairInUse = (signing_key::Model, i64, Vec<(i64, String)>);

/// All pairs, the oldest first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<PairInUse>, DbErr> {
    let pairs = signing_key::Entity::find().order_by_asc(signing_key::Column::Id).all(connection).await?;
    let mut in_use = Vec::new();
    for pair in pairs {
        let count = products(connection, pair.id).await?;
        let named = product::Entity::find()
            .select_only()
            .columns([product::Column::Id, product::Column::Name])
            .filter(product::Column::SigningKeyId.eq(pair.id))
            .order_by_asc(product::Column::Name)
            .order_by_asc(product::Column::Id)
            .limit(NAMED)
            .into_tuple()
            .all(connection)
            .await?;
        in_use.push((pair, count, named));
    }
    Ok(in_use)
}

/// How many products name a pair.
pub async fn products<C: ConnectionTrait>(connection: &C, id: i64) -> Result<i64, DbErr> {
    let named = product::Entity::find().filter(product::Column::SigningKeyId.eq(id));
    Ok(i64::try_from(named.count(connection).await?).unwrap_or(i64::MAX))
}

/// The pair of that id.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<signing_key::Model>, DbErr> {
    signing_key::Entity::find_by_id(id).one(connection).await
}

/// The pair with that public half.
pub async fn by_public_half<C: ConnectionTrait>(
    connection: &C,
    public_xml: &str,
) -> Result<Option<signing_key::Model>, DbErr> {
    signing_key::Entity::find().filter(signing_key::Column::PublicXml.eq(public_xml)).one(connection).await
}

/// Retires a pair, or takes that back.
pub async fn retire<C: ConnectionTrait>(
    connection: &C,
    row: signing_key::Model,
    retired: bool,
) -> Result<signing_key::Model, DbErr> {
    let mut row = row.into_active_model();
    row.retired = Set(retired);
    row.update(connection).await
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
