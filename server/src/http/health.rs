//! Liveness, readiness and metrics.

use axum::http::HeaderMap;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    error::{AppError, AppResult},
    identity::tokens,
    state::AppState,
};

/// 200 while the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// 200 where the database answers and is migrated, else 503.
pub async fn ready(State(app): State<AppState>) -> Response {
    match app.store.is_ready().await {
        Ok(true) => "ready\n".into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated\n").into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// Prometheus text for a caller with an access token; `--metrics-listen` serves it without one.
pub async fn metrics(State(app): State<AppState>, headers: HeaderMap) -> AppResult<Response> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(AppError::unauthenticated)?;
    tokens::verify(&app, token).await?;
    Ok(crate::metrics::render().into_response())
}
