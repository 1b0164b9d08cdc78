//! Data objects for staff.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use latchkey_shared::{
    api::data::{AddDataObject, DataObject, DataObjects, DataQuery, EditDataObject, RefType},
    ids::DataObjectId,
    permission::Permission,
};

use crate::{
    data,
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery, created},
    },
    state::AppState,
};

/// List data objects of one type.
#[utoipa::path(get, path = "/api/v1/data", tag = "data", params(DataQuery),
    responses((status = 200, body = DataObjects), (status = 401), (status = 403), (status = 422)))]
pub async fn list_data_objects(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<DataQuery>,
) -> AppResult<Json<DataObjects>> {
    caller.require(Permission::DataRead)?;
    Ok(Json(data::list(&app, &query).await?))
}

/// Add a data object; reserved names at vendor level need the settings permission.
#[utoipa::path(post, path = "/api/v1/data", tag = "data", request_body = AddDataObject,
    responses((status = 201, body = DataObject), (status = 401), (status = 403), (status = 422)))]
pub async fn add_data_object(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<AddDataObject>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::DataWrite)?;
    if data::needs_settings(form.ref_type, &form.name) {
        caller.require(Permission::SettingsWrite)?;
    }
    let object = data::add(&app, &caller.origin(), form).await?;
    Ok(created(format!("/api/v1/data/{}", object.id), object))
}

/// Change a data object's values.
#[utoipa::path(patch, path = "/api/v1/data/{id}", tag = "data", params(("id" = i64, Path)),
    request_body = EditDataObject,
    responses((status = 200, body = DataObject), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn edit_data_object(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditDataObject>,
) -> AppResult<Json<DataObject>> {
    caller.require(Permission::DataWrite)?;
    may_change(&app, &caller, DataObjectId(id)).await?;
    Ok(Json(data::edit(&app, &caller.origin(), DataObjectId(id), form).await?))
}

/// Remove a data object.
#[utoipa::path(delete, path = "/api/v1/data/{id}", tag = "data", params(("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404)))]
pub async fn remove_data_object(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    caller.require(Permission::DataWrite)?;
    may_change(&app, &caller, DataObjectId(id)).await?;
    data::remove(&app, &caller.origin(), DataObjectId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn may_change(app: &AppState, caller: &Staff, id: DataObjectId) -> AppResult<()> {
    let row = data::find(app.store.read(), id).await?;
    let ref_type = RefType::from_number(row.ref_type).unwrap_or_default();
    if data::needs_settings(ref_type, &row.name) { caller.require(Permission::SettingsWrite) } else { Ok(()) }
}
