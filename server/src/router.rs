//! Every route of the server, in one file.

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    error::AppError,
    http::{self, health, pages, request_id, security},
    state::AppState,
};

/// Larger bodies are refused, except where a route says otherwise.
const BODY_LIMIT: usize = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);

/// The whole server.
pub fn build(app: AppState) -> Router {
    let (api, document) = api().split_for_parts();
    let api =
        api.layer(DefaultBodyLimit::max(BODY_LIMIT)).layer(security::same_origin(&app.config.public_url));
    Router::new()
        .merge(api)
        .route("/api/openapi.json", get(move || async move { axum::Json(document) }))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(pages::serve)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(request_id::name))
                .layer(middleware::from_fn(security::headers))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIMEOUT)),
        )
        .with_state(app)
}

/// `/api/v1`: what the page app and access tokens use. Each handler names its permission.
fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(
        OpenApiBuilder::new().info(Info::new("Latchkey", env!("CARGO_PKG_VERSION"))).build(),
    )
    .merge(sessions())
    .merge(me())
}

fn sessions() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::session::get_session))
        .routes(routes!(http::staff_sign_in::staff_sign_in))
        .routes(routes!(http::staff_sign_in::staff_sign_out))
        .routes(routes!(http::staff_sign_in::staff_request_reset))
        .routes(routes!(http::staff_sign_in::staff_confirm_reset))
        .routes(routes!(http::staff_sign_in::look_at_staff_invitation))
        .routes(routes!(http::staff_sign_in::accept_staff_invitation))
        .routes(routes!(http::portal_sign_in::portal_sign_in))
        .routes(routes!(http::portal_sign_in::portal_sign_out))
        .routes(routes!(http::portal_sign_in::portal_request_reset))
        .routes(routes!(http::portal_sign_in::portal_confirm_reset))
}

fn me() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::me::list_my_sessions, http::me::end_my_other_sessions))
        .routes(routes!(http::me::end_my_session))
        .routes(routes!(http::me::change_my_password))
        .routes(routes!(http::me::rename_me))
}

/// The OpenAPI document of `/api/v1`.
pub fn document() -> OpenApi {
    api().into_openapi()
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(AppError::internal("a handler panicked"))
}
