//! Many licence keys at once.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use latchkey_shared::{
    api::key_bulk::{AddKeys, ChangeKeys, KeyIds, KeysChanged, KeysMade, KeysQuery},
    ids::ProductId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery},
    },
    licensing::bulk,
    state::AppState,
};

/// Make several licence keys by hand, all alike.
#[utoipa::path(post, path = "/api/v1/products/{id}/keys/bulk", tag = "keys", params(("id" = i64, Path)),
    request_body = AddKeys,
    responses((status = 200, body = KeysMade), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn add_keys(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<AddKeys>,
) -> AppResult<Json<KeysMade>> {
    caller.require(Permission::KeysWrite)?;
    Ok(Json(bulk::add(&app, &caller.origin(), ProductId(id), form).await?))
}

/// Block, unblock or extend several licence keys; says which were skipped, and why.
#[utoipa::path(post, path = "/api/v1/keys/bulk", tag = "keys", request_body = ChangeKeys,
    responses((status = 200, body = KeysChanged), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn change_keys(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<ChangeKeys>,
) -> AppResult<Json<KeysChanged>> {
    caller.require(Permission::KeysWrite)?;
    Ok(Json(bulk::change(&app, &caller.origin(), form).await?))
}

/// The ids of the licence keys that match a filter, for changing all of them.
#[utoipa::path(get, path = "/api/v1/keys/ids", tag = "keys", params(KeysQuery),
    responses((status = 200, body = KeyIds), (status = 401), (status = 403), (status = 422)))]
pub async fn list_key_ids(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<KeysQuery>,
) -> AppResult<Json<KeyIds>> {
    caller.require(Permission::KeysRead)?;
    Ok(Json(bulk::ids(&app, caller.access(), &query).await?))
}

/// Download the licence keys that match a filter as CSV.
#[utoipa::path(get, path = "/api/v1/keys/export", tag = "keys", params(KeysQuery),
    responses((status = 200, content_type = "text/csv"), (status = 401), (status = 403), (status = 422)))]
pub async fn export_keys(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<KeysQuery>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::KeysRead)?;
    let text = bulk::csv(&app, caller.access(), &query).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"licence-keys.csv\""),
    ];
    Ok((headers, text))
}
