//! Customers who were moved in and have no account: queries.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _, PaginatorTrait as _,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, Select, sea_query::Expr,
};

use crate::entity::{customer, customer_user, moved_in};

/// Moved-in customers, access not switched off, who have no account and used no link.
fn without_account() -> Select<customer::Entity> {
    let id = || Expr::col((customer::Entity, customer::Column::Id));
    let moved = moved_in::Entity::find()
        .select_only()
        .column(moved_in::Column::Id)
        .filter(moved_in::Column::Kind.eq("customer"))
        .into_query();
    let attached =
        customer_user::Entity::find().select_only().column(customer_user::Column::CustomerId).into_query();
    customer::Entity::find()
        .filter(Condition::all().add(id().in_subquery(moved)).add(id().not_in_subquery(attached)))
        .filter(customer::Column::Disabled.eq(false))
        .filter(customer::Column::AssociationUsedAt.is_null())
}

/// Number and address of those who were sent no link; a link that staff revoked stays revoked.
pub async fn waiting<C: ConnectionTrait>(connection: &C) -> Result<Vec<(i64, String)>, DbErr> {
    without_account()
        .select_only()
        .column(customer::Column::Id)
        .column(customer::Column::Email)
        .filter(customer::Column::AssociationSentAt.is_null())
        .filter(customer::Column::AssociationRevoked.eq(false))
        .order_by_asc(customer::Column::Id)
        .into_tuple()
        .all(connection)
        .await
}

/// How many were sent a link and have not used it.
pub async fn invited<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    let invited = without_account().filter(customer::Column::AssociationSentAt.is_not_null());
    Ok(i64::try_from(invited.count(connection).await?).unwrap_or(i64::MAX))
}

/// When the last link to anybody goes or went out.
pub async fn last_sent<C: ConnectionTrait>(connection: &C) -> Result<Option<i64>, DbErr> {
    let last: Option<Option<i64>> = customer::Entity::find()
        .select_only()
        .column_as(customer::Column::AssociationSentAt.max(), "last")
        .into_tuple()
        .one(connection)
        .await?;
    Ok(last.flatten())
}

/// Those customers, held until the caller's transaction ends.
pub async fn hold<C: ConnectionTrait>(connection: &C, ids: &[i64]) -> Result<Vec<customer::Model>, DbErr> {
    customer::Entity::find()
        .filter(customer::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(customer::Column::Id)
        .lock_exclusive()
        .all(connection)
        .await
}
