//! The key pairs that sign licences. Their private halves come in and go out by the owner's hand only.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use latchkey_shared::{
    api::signing::{AddSigningKey, ExportedSigningKey, ImportSigningKey, RetireSigningKey, SigningKeys},
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, created},
    },
    licensing::pairs,
    state::AppState,
};

/// List the key pairs that sign licences.
#[utoipa::path(get, path = "/api/v1/signing-keys", tag = "products",
    responses((status = 200, body = SigningKeys), (status = 401), (status = 403)))]
pub async fn list_signing_keys(State(app): State<AppState>, caller: Staff) -> AppResult<Json<SigningKeys>> {
    caller.require(Permission::ProductsRead)?;
    Ok(Json(pairs::list(&app).await?))
}

/// Make a key pair that signs licences.
#[utoipa::path(post, path = "/api/v1/signing-keys", tag = "products", request_body = AddSigningKey,
    responses((status = 201, body = SigningKeys), (status = 401), (status = 403), (status = 422)))]
pub async fn add_signing_key(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<AddSigningKey>,
) -> AppResult<impl IntoResponse> {
    caller.member()?;
    caller.require(Permission::SettingsWrite)?;
    let id = pairs::add(&app, &caller.origin(), &form).await?;
    Ok(created(format!("/api/v1/signing-keys/{id}"), pairs::list(&app).await?))
}

/// Bring a key pair along that was made elsewhere.
#[utoipa::path(post, path = "/api/v1/signing-keys/import", tag = "products", request_body = ImportSigningKey,
    responses((status = 201, body = SigningKeys), (status = 401), (status = 403), (status = 422)))]
pub async fn import_signing_key(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<ImportSigningKey>,
) -> AppResult<impl IntoResponse> {
    caller.member()?;
    caller.require(Permission::SigningManage)?;
    let id = pairs::import(&app, &caller.origin(), &form).await?;
    Ok(created(format!("/api/v1/signing-keys/{id}"), pairs::list(&app).await?))
}

/// Take the private half of a key pair out.
#[utoipa::path(post, path = "/api/v1/signing-keys/{id}/export", tag = "products", params(("id" = i64, Path)),
    responses((status = 200, body = ExportedSigningKey), (status = 401), (status = 403), (status = 404)))]
pub async fn export_signing_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<impl IntoResponse> {
    caller.member()?;
    caller.require(Permission::SigningManage)?;
    let exported = pairs::export(&app, &caller.origin(), id).await?;
    let unkept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::OK, unkept, Json(exported)))
}

/// Retire a key pair that no product names, or take that back.
#[utoipa::path(post, path = "/api/v1/signing-keys/{id}/retire", tag = "products", params(("id" = i64, Path)),
    request_body = RetireSigningKey,
    responses((status = 200, body = SigningKeys), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn retire_signing_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<RetireSigningKey>,
) -> AppResult<Json<SigningKeys>> {
    caller.member()?;
    caller.require(Permission::SettingsWrite)?;
    pairs::retire(&app, &caller.origin(), id, form.retired).await?;
    Ok(Json(pairs::list(&app).await?))
}
