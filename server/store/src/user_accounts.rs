//! User names and passwords that the vendor's programs sign in with: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::user_account;

/// The longest list that is answered at once.
const MOST: u64 = 1_000;

/// The account of a user name in lower case.
pub async fn by_lookup<C: ConnectionTrait>(
    connection: &C,
    lookup: &str,
) -> Result<Option<user_account::Model>, DbErr> {
    user_account::Entity::find().filter(user_account::Column::Lookup.eq(lookup)).one(connection).await
}

/// The accounts of a customer, or of all.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    customer: Option<i64>,
) -> Result<Vec<user_account::Model>, DbErr> {
    let mut select = user_account::Entity::find();
    if let Some(customer) = customer {
        select = select.filter(user_account::Column::CustomerId.eq(customer));
    }
    select.order_by_asc(user_account::Column::Id).limit(MOST).all(connection).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: user_account::ActiveModel,
) -> Result<user_account::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: user_account::Model,
) -> Result<user_account::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}

pub async fn delete<C: ConnectionTrait>(connection: &C, id: i64) -> Result<(), DbErr> {
    user_account::Entity::delete_by_id(id).exec(connection).await?;
    Ok(())
}
