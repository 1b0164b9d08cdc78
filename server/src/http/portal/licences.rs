//! A customer's licences.

use axum::{extract::State, http::HeaderMap, response::Response};
use latchkey_shared::api::portal::Licences;

use crate::{
    billing::view,
    error::AppResult,
    http::{caller::AcceptedCustomer, etag},
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
    let licences = Licences { licences: view::licences(&app, caller.customer).await? };
    etag::json(&headers, &licences)
}
