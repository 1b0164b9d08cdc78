//! Staff: signing in, invitations, the first owner.

use latchkey_shared::permission::{Permission, Role};
use latchkey_store::entity::staff;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    identity::codes::{self, Purpose},
    state::AppState,
};

/// A member who may sign in.
pub async fn active(app: &AppState, id: i64) -> AppResult<Option<staff::Model>> {
    let found = staff::Entity::find_by_id(id).one(app.store.read()).await?;
    Ok(found.filter(|member| !member.disabled && member.password_hash.is_some()))
}

pub async fn by_email<C: ConnectionTrait>(connection: &C, email: &str) -> AppResult<Option<staff::Model>> {
    Ok(staff::Entity::find().filter(staff::Column::Email.eq(email)).one(connection).await?)
}

/// Whether nobody can sign in yet, so that the first owner must be made.
pub async fn setup_required<C: ConnectionTrait>(connection: &C) -> AppResult<bool> {
    let with_password = staff::Entity::find().filter(staff::Column::PasswordHash.is_not_null());
    Ok(with_password.count(connection).await? == 0)
}

/// The member that this e-mail and password belong to.
pub async fn check_password(app: &AppState, email: &str, password: &str) -> AppResult<staff::Model> {
    let found = by_email(app.store.read(), email).await?.filter(|member| !member.disabled);
    let hash = found.as_ref().and_then(|member| member.password_hash.as_deref());
    let right = app.passwords.verify(password, hash).await?;
    found.filter(|_| right).ok_or_else(AppError::wrong_credentials)
}

/// What a new member is made of.
pub struct NewMember<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub role: Role,
    /// Absent: invited, chooses one later.
    pub password_hash: Option<String>,
}

/// The members who can sign in and may do `permission`.
pub async fn who_may<C: ConnectionTrait>(
    connection: &C,
    permission: Permission,
) -> AppResult<Vec<staff::Model>> {
    let active = staff::Entity::find()
        .filter(staff::Column::Disabled.eq(false))
        .filter(staff::Column::PasswordHash.is_not_null())
        .order_by_asc(staff::Column::Id)
        .all(connection)
        .await?;
    let may = |member: &staff::Model| Role::parse(&member.role).is_some_and(|role| role.may(permission));
    Ok(active.into_iter().filter(may).collect())
}

/// Adds a member; a field error where the address is taken.
pub async fn add<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    new: NewMember<'_>,
) -> AppResult<staff::Model> {
    if by_email(connection, new.email).await?.is_some() {
        return Err(AppError::field("email", "Somebody with this e-mail address is on the staff already."));
    }
    let row = staff::ActiveModel {
        id: NotSet,
        email: Set(new.email.to_owned()),
        name: Set(new.name.trim().to_owned()),
        role: Set(new.role.as_str().to_owned()),
        password_hash: Set(new.password_hash),
        disabled: Set(false),
        created_at: Set(now),
        last_seen_at: Set(None),
    };
    let member = staff::Entity::insert(row).exec_with_returning(connection).await?;
    let entry = Entry {
        action: "staff_added",
        subject_kind: "staff",
        subject_id: member.id,
        text: format!("{} was added to the staff as {}.", member.name, member.role),
        after: Some(json!({"email": member.email, "role": member.role})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await?;
    Ok(member)
}

/// The address of the page where the first owner is made, on an empty database. Each start makes a new one.
pub async fn owner_setup_url(app: &AppState) -> AppResult<Option<String>> {
    let transaction = app.store.begin().await?;
    if !setup_required(&transaction).await? {
        return Ok(None);
    }
    let code = codes::issue_link(&transaction, app.clock.now(), Purpose::OwnerSetup, None, json!({})).await?;
    transaction.commit().await?;
    Ok(Some(app.config.url(&format!("/Staff/Welcome#{code}"))))
}

pub async fn set_password<C: ConnectionTrait>(connection: &C, id: i64, hash: String) -> AppResult<()> {
    staff::Entity::update_many()
        .col_expr(staff::Column::PasswordHash, Expr::value(hash))
        .filter(staff::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that a member was here.
pub async fn seen<C: ConnectionTrait>(connection: &C, id: i64, now: i64) -> AppResult<()> {
    staff::Entity::update_many()
        .col_expr(staff::Column::LastSeenAt, Expr::value(now))
        .filter(staff::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> AppResult<Option<staff::Model>> {
    Ok(staff::Entity::find_by_id(id).one(connection).await?)
}

/// An invited member chooses name and password; nothing where the member is gone or disabled.
pub async fn accept<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    name: &str,
    hash: String,
) -> AppResult<Option<staff::Model>> {
    staff::Entity::update_many()
        .col_expr(staff::Column::PasswordHash, Expr::value(hash))
        .col_expr(staff::Column::Name, Expr::value(name))
        .filter(staff::Column::Id.eq(id))
        .filter(staff::Column::Disabled.eq(false))
        .exec(connection)
        .await?;
    Ok(find(connection, id).await?.filter(|member| !member.disabled))
}

pub async fn rename<C: ConnectionTrait>(connection: &C, id: i64, name: &str) -> AppResult<()> {
    staff::Entity::update_many()
        .col_expr(staff::Column::Name, Expr::value(name))
        .filter(staff::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Everybody, in the order they came.
pub async fn all<C: ConnectionTrait>(connection: &C) -> AppResult<Vec<staff::Model>> {
    Ok(staff::Entity::find().order_by_asc(staff::Column::Id).all(connection).await?)
}

/// The owners, held until the caller's transaction ends: two owners cannot demote each other at once.
pub async fn lock_owners<C: ConnectionTrait>(connection: &C) -> AppResult<Vec<staff::Model>> {
    let owners = staff::Entity::find().filter(staff::Column::Role.eq(Role::Owner.as_str()));
    Ok(owners.order_by_asc(staff::Column::Id).lock_exclusive().all(connection).await?)
}

/// Changes name, role and whether a member may sign in.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    name: &str,
    role: Role,
    disabled: bool,
) -> AppResult<Option<staff::Model>> {
    staff::Entity::update_many()
        .col_expr(staff::Column::Name, Expr::value(name))
        .col_expr(staff::Column::Role, Expr::value(role.as_str()))
        .col_expr(staff::Column::Disabled, Expr::value(disabled))
        .filter(staff::Column::Id.eq(id))
        .exec(connection)
        .await?;
    find(connection, id).await
}
