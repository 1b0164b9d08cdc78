//! The inbox of Stripe's events, and the endpoints they arrive at.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use latchkey_shared::{
    api::{
        common::List,
        inbox::{SetEndpointSecret, StripeEndpoints, StripeEvent, StripeEventQuery, StripeEventRow},
        stripe::WhichAccount,
    },
    permission::Permission,
};

use crate::{
    billing::{endpoint_list, inbox_view},
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery},
    },
    state::AppState,
};

/// List the events that arrived.
#[utoipa::path(get, path = "/api/v1/stripe/events", tag = "stripe", params(StripeEventQuery),
    responses((status = 200, body = List<StripeEventRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_stripe_events(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<StripeEventQuery>,
) -> AppResult<Json<List<StripeEventRow>>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(inbox_view::list(&app, query).await?))
}

/// An event with its payload.
#[utoipa::path(get, path = "/api/v1/stripe/events/{event}", tag = "stripe", params(("event" = String, Path), WhichAccount),
    responses((status = 200, body = StripeEvent), (status = 401), (status = 403), (status = 404)))]
pub async fn get_stripe_event(
    State(app): State<AppState>,
    caller: Staff,
    Path(event): Path<String>,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<StripeEvent>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(inbox_view::show(&app, which.account, &event).await?))
}

/// Fetch once more what an event signals.
#[utoipa::path(post, path = "/api/v1/stripe/events/{event}/run-again", tag = "stripe", params(("event" = String, Path), WhichAccount),
    responses((status = 202, body = StripeEvent), (status = 401), (status = 403), (status = 404)))]
pub async fn run_stripe_event_again(
    State(app): State<AppState>,
    caller: Staff,
    Path(event): Path<String>,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<(StatusCode, Json<StripeEvent>)> {
    caller.require(Permission::SubscriptionsWrite)?;
    let event = inbox_view::run_again(&app, &caller.origin(), which.account, &event).await?;
    Ok((StatusCode::ACCEPTED, Json(event)))
}

/// List the webhook endpoints.
#[utoipa::path(get, path = "/api/v1/stripe/endpoints", tag = "stripe", params(WhichAccount),
    responses((status = 200, body = StripeEndpoints), (status = 401), (status = 403)))]
pub async fn list_stripe_endpoints(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<StripeEndpoints>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(endpoint_list::list(&app, which.account).await?))
}

/// Add the address of an endpoint that is made by hand at Stripe.
#[utoipa::path(post, path = "/api/v1/stripe/endpoints", tag = "stripe", params(WhichAccount),
    responses((status = 201, body = StripeEndpoints), (status = 401), (status = 403), (status = 503)))]
pub async fn add_stripe_endpoint(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<(StatusCode, Json<StripeEndpoints>)> {
    caller.require(Permission::StripeManage)?;
    let endpoints = endpoint_list::add(&app, &caller.origin(), which.account).await?;
    Ok((StatusCode::CREATED, Json(endpoints)))
}

/// Enter the signing secret of an endpoint; the one before stays good beside it.
#[utoipa::path(put, path = "/api/v1/stripe/endpoints/{id}/secret", tag = "stripe", params(("id" = i64, Path)),
    request_body = SetEndpointSecret,
    responses((status = 200, body = StripeEndpoints), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_stripe_endpoint_secret(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetEndpointSecret>,
) -> AppResult<Json<StripeEndpoints>> {
    caller.require(Permission::StripeManage)?;
    Ok(Json(endpoint_list::set_secret(&app, &caller.origin(), id, &form).await?))
}

/// Remove an endpoint.
#[utoipa::path(delete, path = "/api/v1/stripe/endpoints/{id}", tag = "stripe", params(("id" = i64, Path)),
    responses((status = 200, body = StripeEndpoints), (status = 401), (status = 403), (status = 404), (status = 409), (status = 502)))]
pub async fn remove_stripe_endpoint(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<StripeEndpoints>> {
    caller.require(Permission::StripeManage)?;
    Ok(Json(endpoint_list::remove(&app, &caller.origin(), id).await?))
}
