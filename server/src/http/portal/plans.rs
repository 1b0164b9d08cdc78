//! What a customer can subscribe to.

use axum::{extract::State, http::HeaderMap, response::Response};
use latchkey_shared::api::portal::Plans;

use crate::{
    catalog::offers,
    error::AppResult,
    http::{caller::AcceptedCustomer, etag},
    state::AppState,
};

/// What is offered to me.
#[utoipa::path(get, path = "/api/v1/portal/plans", tag = "portal",
    responses((status = 200, body = Plans), (status = 304), (status = 401), (status = 403), (status = 409)))]
pub async fn list_plans(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    headers: HeaderMap,
) -> AppResult<Response> {
    etag::json(&headers, &offers::for_customer(&app, caller.customer).await?)
}
