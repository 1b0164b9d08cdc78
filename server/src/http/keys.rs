//! Licence keys of all products.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        keys::{BlockKey, EditKey, KeyHistory, KeyRow, LicenceKey, ReissueKey},
    },
    ids::KeyGlobalId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery, created},
    },
    licensing::{edit, history, reissue, view},
    state::AppState,
};

/// List licence keys.
#[utoipa::path(get, path = "/api/v1/keys", tag = "keys", params(ListQuery),
    responses((status = 200, body = List<KeyRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_keys(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<KeyRow>>> {
    caller.require(Permission::KeysRead)?;
    Ok(Json(view::list(&app, caller.access(), None, &query).await?))
}

/// A licence key, by its global id.
#[utoipa::path(get, path = "/api/v1/keys/{global_id}", tag = "keys", params(("global_id" = i64, Path)),
    responses((status = 200, body = LicenceKey), (status = 401), (status = 403), (status = 404)))]
pub async fn get_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<LicenceKey>> {
    caller.require(Permission::KeysRead)?;
    let key = view::find(&app, caller.access(), KeyGlobalId(id)).await?;
    Ok(Json(view::show(&app, key).await?))
}

/// Change a licence key, or associate it with a customer.
#[utoipa::path(patch, path = "/api/v1/keys/{global_id}", tag = "keys", params(("global_id" = i64, Path)),
    request_body = EditKey,
    responses((status = 200, body = LicenceKey), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn edit_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditKey>,
) -> AppResult<Json<LicenceKey>> {
    caller.require(Permission::KeysWrite)?;
    let key = edit::edit(&app, &caller.origin(), KeyGlobalId(id), form).await?;
    Ok(Json(view::show(&app, key).await?))
}

/// Have a licence key re-issued that got into the wrong hands: answers the new one.
#[utoipa::path(post, path = "/api/v1/keys/{global_id}/reissue", tag = "keys", params(("global_id" = i64, Path)),
    request_body = ReissueKey,
    responses((status = 201, body = LicenceKey), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn reissue_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<ReissueKey>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::KeysWrite)?;
    let said = reissue::ByStaff { reason: form.reason, machines: form.machines };
    let key = reissue::by_staff(&app, &caller.origin(), KeyGlobalId(id), said).await?;
    Ok(created(format!("/api/v1/keys/{}", key.id), view::show(&app, key).await?))
}

/// Block a licence key, or lift its block.
#[utoipa::path(post, path = "/api/v1/keys/{global_id}/block", tag = "keys", params(("global_id" = i64, Path)),
    request_body = BlockKey,
    responses((status = 200, body = LicenceKey), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn block_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<BlockKey>,
) -> AppResult<Json<LicenceKey>> {
    caller.require(Permission::KeysWrite)?;
    let key = edit::set_blocked(&app, &caller.origin(), KeyGlobalId(id), form).await?;
    Ok(Json(view::show(&app, key).await?))
}

/// What happened to a licence key.
#[utoipa::path(get, path = "/api/v1/keys/{global_id}/history", tag = "keys", params(("global_id" = i64, Path)),
    responses((status = 200, body = KeyHistory), (status = 401), (status = 403), (status = 404)))]
pub async fn key_history(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<KeyHistory>> {
    caller.require(Permission::KeysRead)?;
    Ok(Json(history::of_key(&app, caller.access(), KeyGlobalId(id)).await?))
}
