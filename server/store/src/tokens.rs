//! Access tokens: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

use crate::entity::api_token;

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<api_token::Model>, DbErr> {
    api_token::Entity::find_by_id(id).one(connection).await
}

/// All tokens, those in force first, the newest first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<api_token::Model>, DbErr> {
    let mut rows = api_token::Entity::find().order_by_desc(api_token::Column::Id).all(connection).await?;
    rows.sort_by_key(|row| row.revoked_at.is_some());
    Ok(rows)
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: api_token::ActiveModel,
) -> Result<api_token::Model, DbErr> {
    row.insert(connection).await
}

/// Revokes a token; false where there is none in force.
pub async fn revoke<C: ConnectionTrait>(connection: &C, id: i64, now: i64) -> Result<bool, DbErr> {
    let revoked = api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::value(now))
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(connection)
        .await?;
    Ok(revoked.rows_affected > 0)
}

/// Notes when a token was last used.
pub async fn used<C: ConnectionTrait>(connection: &C, id: i64, at: i64) -> Result<(), DbErr> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(at))
        .filter(api_token::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}
