//! One's own staff account: name, password, sessions.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use axum_extra::extract::cookie::CookieJar;
use latchkey_shared::api::{
    auth::{ChangePassword, OwnSessions, RenameSelf},
    session::Session,
};

use crate::{
    error::{AppError, AppResult},
    http::{caller::Staff, json::Checked, session},
    identity::{
        limits::{self, Limited},
        passwords,
        sessions::{self, Kind},
        staff,
    },
    state::AppState,
    vendor,
};

/// Where I am signed in.
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "me", responses((status = 200, body = OwnSessions)))]
pub async fn list_my_sessions(State(app): State<AppState>, caller: Staff) -> AppResult<Json<OwnSessions>> {
    let (me, session) = caller.member()?;
    Ok(Json(sessions::list(&app, Kind::Staff, me.0, session).await?))
}

/// Sign out somewhere else.
#[utoipa::path(delete, path = "/api/v1/me/sessions/{id}", tag = "me", params(("id" = i64, Path)),
    responses((status = 204), (status = 404)))]
pub async fn end_my_session(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    let (me, _) = caller.member()?;
    sessions::end(&app, Kind::Staff, me.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign out everywhere else.
#[utoipa::path(delete, path = "/api/v1/me/sessions", tag = "me", responses((status = 204)))]
pub async fn end_my_other_sessions(State(app): State<AppState>, caller: Staff) -> AppResult<StatusCode> {
    let (me, session) = caller.member()?;
    let transaction = app.store.begin().await?;
    sessions::end_others(&transaction, Kind::Staff, me.0, Some(session)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change my password; all my other sessions end.
#[utoipa::path(post, path = "/api/v1/me/password", tag = "me", request_body = ChangePassword,
    responses((status = 204), (status = 422), (status = 429)))]
pub async fn change_my_password(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<ChangePassword>,
) -> AppResult<StatusCode> {
    let (me, session) = caller.member()?;
    let member = staff::active(&app, me.0).await?.ok_or_else(AppError::unauthenticated)?;
    limits::count(&app, Limited::SignIn, &format!("staff:{}", member.email), &caller.client.ip).await?;
    if !app.passwords.verify(&form.current, member.password_hash.as_deref()).await? {
        return Err(AppError::field("current", "This is not your current password."));
    }
    passwords::check(&form.password, &member.email, &vendor::load(app.store.read()).await?.name)?;
    let hash = app.passwords.hash(&form.password).await?;
    let transaction = app.store.begin().await?;
    staff::set_password(&transaction, me.0, hash).await?;
    sessions::end_others(&transaction, Kind::Staff, me.0, Some(session)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change my name.
#[utoipa::path(patch, path = "/api/v1/me", tag = "me", request_body = RenameSelf,
    responses((status = 200, body = Session), (status = 422)))]
pub async fn rename_me(
    State(app): State<AppState>,
    caller: Staff,
    jar: CookieJar,
    Checked(form): Checked<RenameSelf>,
) -> AppResult<Json<Session>> {
    let (me, _) = caller.member()?;
    let transaction = app.store.begin().await?;
    staff::rename(&transaction, me.0, form.name.trim()).await?;
    transaction.commit().await?;
    Ok(Json(session::of(&app, &jar).await?))
}
