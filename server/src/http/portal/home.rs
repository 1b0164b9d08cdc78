//! The portal's first page.

use axum::{extract::State, http::HeaderMap, response::Response};
use latchkey_shared::api::portal::Home;

use crate::{
    billing::view,
    customers,
    error::AppResult,
    http::{caller::AcceptedCustomer, etag},
    state::AppState,
};

/// What I have.
#[utoipa::path(get, path = "/api/v1/portal/home", tag = "portal",
    responses((status = 200, body = Home), (status = 304), (status = 401), (status = 403), (status = 409)))]
pub async fn get_home(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    headers: HeaderMap,
) -> AppResult<Response> {
    let customer = customers::find(app.store.read(), caller.access(), caller.customer).await?;
    let home = Home {
        name: customer.name,
        subscriptions: view::for_customer(&app, caller.customer).await?,
        licences: view::licences(&app, caller.customer).await?,
    };
    etag::json(&headers, &home)
}
