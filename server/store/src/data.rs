//! Data objects: queries.

use latchkey_shared::{api::data::RefType, ids::DataObjectId};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    entity::{data_object, licence_key, product},
    text_match,
};

/// The longest list that is shown at once.
const MOST: u64 = 500;

/// The objects of that type, of one thing or of all, whose name contains a text.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    ref_type: i64,
    ref_id: Option<i64>,
    contains: &str,
) -> Result<Vec<data_object::Model>, DbErr> {
    let mut select = data_object::Entity::find().filter(data_object::Column::RefType.eq(ref_type));
    if let Some(id) = ref_id {
        select = select.filter(data_object::Column::RefId.eq(id));
    }
    if !contains.is_empty() {
        let name = SimpleExpr::from(Func::lower(Expr::col((data_object::Entity, data_object::Column::Name))));
        select = select.filter(name.like(text_match::contains(&contains.to_lowercase())));
    }
    select
        .order_by_asc(data_object::Column::RefId)
        .order_by_asc(data_object::Column::Name)
        .limit(MOST)
        .all(connection)
        .await
}

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: DataObjectId,
) -> Result<Option<data_object::Model>, DbErr> {
    data_object::Entity::find_by_id(id.0).one(connection).await
}

/// The vendor's object of that name.
pub async fn vendor_object<C: ConnectionTrait>(
    connection: &C,
    name: &str,
) -> Result<Option<data_object::Model>, DbErr> {
    data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(RefType::Vendor.number()))
        .filter(data_object::Column::Name.eq(name))
        .one(connection)
        .await
}

/// Whether there is something to attach an object to.
pub async fn referenced_exists<C: ConnectionTrait>(
    connection: &C,
    ref_type: RefType,
    id: i64,
) -> Result<bool, DbErr> {
    Ok(match ref_type {
        RefType::Vendor => id == 1,
        RefType::Product => product::Entity::find_by_id(id).one(connection).await?.is_some(),
        RefType::Key => licence_key::Entity::find_by_id(id).one(connection).await?.is_some(),
    })
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: data_object::ActiveModel,
) -> Result<data_object::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: data_object::Model,
) -> Result<data_object::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}

pub async fn delete<C: ConnectionTrait>(connection: &C, id: DataObjectId) -> Result<(), DbErr> {
    data_object::Entity::delete_by_id(id.0).exec(connection).await?;
    Ok(())
}
