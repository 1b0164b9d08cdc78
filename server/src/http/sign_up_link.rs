//! The sign-up link for staff.

use axum::{Json, extract::State};
use latchkey_shared::{
    api::{links::SignUpLink, settings::SetSignUpLink},
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{caller::Staff, json::Checked},
    links::sign_up,
    state::AppState,
};

/// The sign-up link; its address only for those who may hand it out.
#[utoipa::path(get, path = "/api/v1/sign-up-link", tag = "links",
    responses((status = 200, body = SignUpLink), (status = 401), (status = 403)))]
pub async fn get_sign_up_link(State(app): State<AppState>, caller: Staff) -> AppResult<Json<SignUpLink>> {
    caller.require(Permission::CustomersRead)?;
    Ok(Json(sign_up::show(&app, caller.may(Permission::LinksManage)).await?))
}

/// Switch the sign-up link on or off.
#[utoipa::path(put, path = "/api/v1/sign-up-link", tag = "links", request_body = SetSignUpLink,
    responses((status = 200, body = SignUpLink), (status = 401), (status = 403), (status = 422)))]
pub async fn set_sign_up_link(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SetSignUpLink>,
) -> AppResult<Json<SignUpLink>> {
    caller.require(Permission::LinksManage)?;
    sign_up::set_enabled(&app, &caller.origin(), form.enabled).await?;
    Ok(Json(sign_up::show(&app, true).await?))
}

/// Replace the sign-up link by a new one.
#[utoipa::path(post, path = "/api/v1/sign-up-link/rotate", tag = "links",
    responses((status = 200, body = SignUpLink), (status = 401), (status = 403)))]
pub async fn rotate_sign_up_link(State(app): State<AppState>, caller: Staff) -> AppResult<Json<SignUpLink>> {
    caller.require(Permission::LinksManage)?;
    sign_up::rotate(&app, &caller.origin()).await?;
    Ok(Json(sign_up::show(&app, true).await?))
}
