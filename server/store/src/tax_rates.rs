//! Rates of tax on what is billed offline: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::entity::tax_rate;

/// All rates, withdrawn ones too, the default first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<tax_rate::Model>, DbErr> {
    tax_rate::Entity::find()
        .order_by_desc(tax_rate::Column::IsDefault)
        .order_by_asc(tax_rate::Column::Country)
        .order_by_asc(tax_rate::Column::Name)
        .order_by_asc(tax_rate::Column::Id)
        .all(connection)
        .await
}

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<tax_rate::Model>, DbErr> {
    tax_rate::Entity::find_by_id(id).one(connection).await
}

/// The rate for customers of a country: its own, else the default.
pub async fn for_country<C: ConnectionTrait>(
    connection: &C,
    country: &str,
) -> Result<Option<tax_rate::Model>, DbErr> {
    let active = tax_rate::Entity::find().filter(tax_rate::Column::Active.eq(true));
    let own = active.clone().filter(tax_rate::Column::Country.eq(country)).order_by_asc(tax_rate::Column::Id);
    if !country.is_empty()
        && let Some(own) = own.one(connection).await?
    {
        return Ok(Some(own));
    }
    active.filter(tax_rate::Column::IsDefault.eq(true)).one(connection).await
}

/// Another rate in force for a country.
pub async fn other_of_country<C: ConnectionTrait>(
    connection: &C,
    country: &str,
    than: i64,
) -> Result<Option<tax_rate::Model>, DbErr> {
    tax_rate::Entity::find()
        .filter(tax_rate::Column::Active.eq(true))
        .filter(tax_rate::Column::Country.eq(country))
        .filter(tax_rate::Column::Id.ne(than))
        .one(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: tax_rate::ActiveModel,
) -> Result<tax_rate::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save<C: ConnectionTrait>(connection: &C, row: tax_rate::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// Makes none but `id` the default.
pub async fn only_default<C: ConnectionTrait>(connection: &C, id: i64) -> Result<(), DbErr> {
    tax_rate::Entity::update_many()
        .col_expr(tax_rate::Column::IsDefault, Expr::value(false))
        .filter(tax_rate::Column::Id.ne(id))
        .exec(connection)
        .await?;
    Ok(())
}
