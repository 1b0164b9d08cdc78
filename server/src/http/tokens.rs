//! Access tokens for staff. Making and revoking them is for people: a token makes no other token.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use latchkey_shared::{
    api::tokens::{AddToken, NewToken, Scopes, Tokens},
    ids::TokenId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, created},
    },
    identity::token_list as tokens,
    state::AppState,
};

/// List access tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens",
    responses((status = 200, body = Tokens), (status = 401), (status = 403)))]
pub async fn list_tokens(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Tokens>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(tokens::list(&app).await?))
}

/// Make an access token; what programs carry is answered this once.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = AddToken,
    responses((status = 201, body = NewToken), (status = 401), (status = 403), (status = 422)))]
pub async fn add_token(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<AddToken>,
) -> AppResult<impl IntoResponse> {
    caller.member()?;
    caller.require(Permission::SettingsWrite)?;
    let made = tokens::add(&app, &caller.origin(), form).await?;
    Ok(created(format!("/api/v1/tokens/{}", made.id), made))
}

/// Revoke an access token.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", params(("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404)))]
pub async fn revoke_token(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    caller.member()?;
    caller.require(Permission::SettingsWrite)?;
    tokens::revoke(&app, &caller.origin(), TokenId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The scopes of the licence Web API, with what each opens.
#[utoipa::path(get, path = "/api/v1/token-scopes", tag = "tokens",
    responses((status = 200, body = Scopes), (status = 401), (status = 403)))]
pub async fn list_scopes(caller: Staff) -> AppResult<Json<Scopes>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(tokens::scopes()))
}
