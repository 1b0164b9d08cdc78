//! Users: the identities on the customers' side, and the customers they may act for.

use latchkey_shared::{api::session::CustomerChoice, ids::CustomerId};
use latchkey_store::entity::{customer, customer_user, user};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

pub async fn find(app: &AppState, id: i64) -> AppResult<Option<user::Model>> {
    Ok(user::Entity::find_by_id(id).one(app.store.read()).await?)
}

pub async fn by_email<C: ConnectionTrait>(connection: &C, email: &str) -> AppResult<Option<user::Model>> {
    Ok(user::Entity::find().filter(user::Column::Email.eq(email)).one(connection).await?)
}

/// The user that this e-mail and password belong to.
pub async fn check_password(app: &AppState, email: &str, password: &str) -> AppResult<user::Model> {
    let found = by_email(app.store.read(), email).await?;
    let hash = found.as_ref().and_then(|user| user.password_hash.as_deref());
    let right = app.passwords.verify(password, hash).await?;
    found.filter(|_| right).ok_or_else(AppError::wrong_credentials)
}

/// Adds a user. The caller has made sure that the address is free, or gets the database's own refusal.
pub async fn add<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    email: &str,
    name: &str,
    password_hash: String,
    proved: bool,
) -> AppResult<user::Model> {
    let row = user::ActiveModel {
        id: NotSet,
        email: Set(email.to_owned()),
        name: Set(name.trim().to_owned()),
        password_hash: Set(Some(password_hash)),
        email_proved_at: Set(proved.then_some(now)),
        created_at: Set(now),
        last_seen_at: Set(Some(now)),
    };
    Ok(user::Entity::insert(row).exec_with_returning(connection).await?)
}

pub async fn set_password<C: ConnectionTrait>(connection: &C, id: i64, hash: String) -> AppResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that a user was here.
pub async fn seen<C: ConnectionTrait>(connection: &C, id: i64, now: i64) -> AppResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::LastSeenAt, Expr::value(now))
        .filter(user::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Lets a user act for a customer; doing so twice changes nothing.
pub async fn attach<C: ConnectionTrait>(connection: &C, now: i64, user: i64, customer: i64) -> AppResult<()> {
    let row =
        customer_user::ActiveModel { customer_id: Set(customer), user_id: Set(user), created_at: Set(now) };
    customer_user::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([customer_user::Column::CustomerId, customer_user::Column::UserId])
                .update_column(customer_user::Column::UserId)
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// The customers a user may act for: those attached whose access is not switched off.
pub async fn customers(app: &AppState, user: i64) -> AppResult<Vec<CustomerChoice>> {
    let ids = customer_user::Entity::find()
        .filter(customer_user::Column::UserId.eq(user))
        .all(app.store.read())
        .await?
        .into_iter()
        .map(|row| row.customer_id);
    let rows = customer::Entity::find()
        .filter(customer::Column::Id.is_in(ids))
        .filter(customer::Column::Disabled.eq(false))
        .order_by_asc(customer::Column::Id)
        .all(app.store.read())
        .await?;
    Ok(rows.into_iter().map(|row| CustomerChoice { id: CustomerId(row.id), name: row.name }).collect())
}

/// The customer that a session acts for: the chosen one while it may be used, else the only or first one.
pub async fn usable_customer(
    app: &AppState,
    user: &user::Model,
    chosen: Option<i64>,
) -> AppResult<Option<CustomerId>> {
    let customers = customers(app, user.id).await?;
    let chosen = chosen.map(CustomerId).filter(|id| customers.iter().any(|customer| customer.id == *id));
    Ok(chosen.or_else(|| customers.first().map(|customer| customer.id)))
}

pub async fn rename<C: ConnectionTrait>(connection: &C, id: i64, name: &str) -> AppResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::Name, Expr::value(name))
        .filter(user::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Gives a user an address that was just proved.
pub async fn set_email<C: ConnectionTrait>(connection: &C, id: i64, email: &str, now: i64) -> AppResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::Email, Expr::value(email))
        .col_expr(user::Column::EmailProvedAt, Expr::value(now))
        .filter(user::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}
