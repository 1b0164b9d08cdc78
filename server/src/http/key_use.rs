//! Where a licence key is used: its machines, the calls for it, its licence as a file.

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        web_api::{ApiCall, KeyActivity, Machines},
    },
    ids::KeyGlobalId,
    permission::Permission,
};

use crate::{
    api_log::view as log,
    error::AppResult,
    http::{caller::Staff, json::CheckedQuery},
    licensing::machines,
    state::AppState,
};

/// List the machines of a licence key, and its floating seats.
#[utoipa::path(get, path = "/api/v1/keys/{global_id}/machines", tag = "keys", params(("global_id" = i64, Path)),
    responses((status = 200, body = Machines), (status = 401), (status = 403), (status = 404)))]
pub async fn list_machines(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Machines>> {
    caller.require(Permission::KeysRead)?;
    Ok(Json(machines::list(&app, caller.access(), KeyGlobalId(id)).await?))
}

/// Take a machine off a licence key.
#[utoipa::path(delete, path = "/api/v1/keys/{global_id}/machines/{id}", tag = "keys",
    params(("global_id" = i64, Path), ("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404)))]
pub async fn remove_machine(
    State(app): State<AppState>,
    caller: Staff,
    Path((key, machine)): Path<(i64, i64)>,
) -> AppResult<StatusCode> {
    caller.require(Permission::KeysWrite)?;
    machines::remove(&app, caller.access(), &caller.origin(), KeyGlobalId(key), machine).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The latest calls of the licence Web API for a licence key.
#[utoipa::path(get, path = "/api/v1/keys/{global_id}/activity", tag = "keys", params(("global_id" = i64, Path)),
    responses((status = 200, body = KeyActivity), (status = 401), (status = 403), (status = 404)))]
pub async fn key_activity(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<KeyActivity>> {
    caller.require(Permission::KeysRead)?;
    Ok(Json(log::of_key(&app, caller.access(), KeyGlobalId(id)).await?))
}

/// Download a licence as a file, for a program without network.
#[utoipa::path(get, path = "/api/v1/keys/{global_id}/licence-file", tag = "keys", params(("global_id" = i64, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 401), (status = 403), (status = 404)))]
pub async fn licence_file(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::KeysRead)?;
    let (name, text) = machines::file(&app, caller.access(), KeyGlobalId(id)).await?;
    Ok(attachment(&name, text))
}

/// A file that the browser puts away.
pub fn attachment(name: &str, text: String) -> impl IntoResponse + use<> {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text)
}

/// List the calls of the licence Web API.
#[utoipa::path(get, path = "/api/v1/api-log", tag = "keys", params(ListQuery),
    responses((status = 200, body = List<ApiCall>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_api_log(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<ApiCall>>> {
    caller.require(Permission::AuditRead)?;
    Ok(Json(log::list(&app, &query).await?))
}
