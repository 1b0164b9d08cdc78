//! Where Stripe delivers events. Signed, so neither cookies nor origins matter; the body is read as it came.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    billing::inbox::{self, Age},
    error::{AppError, AppResult},
    state::AppState,
};

/// Stripe's events stay far below.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// The routes, outside the same-origin check.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(stripe_webhook))
        .routes(routes!(stripe_webhook_default))
        .routes(routes!(stripe_webhook_alias))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// Take an event for an endpoint.
#[utoipa::path(post, path = "/webhooks/stripe/{endpoint}", tag = "webhooks", params(("endpoint" = String, Path)),
    request_body(content = String, content_type = "application/json"),
    responses((status = 204), (status = 400), (status = 404), (status = 413), (status = 503)))]
pub async fn stripe_webhook(
    State(app): State<AppState>,
    Path(endpoint): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> AppResult<StatusCode> {
    take(&app, Some(&endpoint), &headers, body, Age::Recent).await
}

/// Take an event for the default endpoint.
#[utoipa::path(post, path = "/webhooks/stripe", tag = "webhooks",
    request_body(content = String, content_type = "application/json"),
    responses((status = 204), (status = 400), (status = 413), (status = 503)))]
pub async fn stripe_webhook_default(
    State(app): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> AppResult<StatusCode> {
    take(&app, None, &headers, body, Age::Recent).await
}

/// Take an event at the address that vendors bring along; whatever `id` says, it is the default endpoint.
#[utoipa::path(post, path = "/api/subscription/StripeUrl", tag = "webhooks",
    request_body(content = String, content_type = "application/json"),
    responses((status = 204), (status = 400), (status = 413), (status = 503)))]
pub async fn stripe_webhook_alias(
    State(app): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> AppResult<StatusCode> {
    take(&app, None, &headers, body, Age::Any).await
}

async fn take(
    app: &AppState,
    endpoint: Option<&str>,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    age: Age,
) -> AppResult<StatusCode> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::too_large("An event is at most 1 MiB."),
        _ => AppError::malformed("The body could not be read."),
    })?;
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    inbox::receive(app, endpoint, signature, &body, age).await?;
    Ok(StatusCode::NO_CONTENT)
}
