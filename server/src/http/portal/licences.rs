//! A customer's licences: where they are used, as files, and re-issued.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use latchkey_shared::{
    api::portal::{Licences, OwnLicence},
    ids::KeyGlobalId,
};

use crate::{
    error::AppResult,
    http::{caller::AcceptedCustomer, etag, key_use::attachment},
    licensing::{machines, own, reissue},
    state::AppState,
};

/// My licence keys.
#[utoipa::path(get, path = "/api/v1/portal/licences", tag = "portal",
    responses((status = 200, body = Licences), (status = 304), (status = 401), (status = 403), (status = 409)))]
pub async fn list_licences(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    headers: HeaderMap,
) -> AppResult<Response> {
    let licences = Licences { licences: own::list(&app, caller.customer).await? };
    etag::json(&headers, &licences)
}

/// Download my licence as a file, for a program without network.
#[utoipa::path(get, path = "/api/v1/portal/licences/{global_id}/file", tag = "portal", params(("global_id" = i64, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 401), (status = 403), (status = 404), (status = 409), (status = 503)))]
pub async fn own_licence_file(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
) -> AppResult<impl IntoResponse> {
    let (name, text) = machines::file(&app, caller.access(), KeyGlobalId(id)).await?;
    Ok(attachment(&name, text))
}

/// Take a machine off my licence key.
#[utoipa::path(delete, path = "/api/v1/portal/licences/{global_id}/machines/{id}", tag = "portal",
    params(("global_id" = i64, Path), ("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn remove_own_machine(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path((key, machine)): Path<(i64, i64)>,
) -> AppResult<StatusCode> {
    own::remove_machine(&app, &caller.portal.origin(), caller.customer, KeyGlobalId(key), machine).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Have my licence key re-issued, since it got into the wrong hands: answers the new one.
#[utoipa::path(post, path = "/api/v1/portal/licences/{global_id}/reissue", tag = "portal", params(("global_id" = i64, Path)),
    responses((status = 200, body = OwnLicence), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn reissue_own_key(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
) -> AppResult<Json<OwnLicence>> {
    let origin = caller.portal.origin();
    let key = reissue::by_customer(&app, &origin, caller.customer, KeyGlobalId(id)).await?;
    Ok(Json(own::one(&app, caller.customer, KeyGlobalId(key.id)).await?))
}
