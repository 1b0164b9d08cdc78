//! Liveness, readiness and metrics.

use std::time::Duration;

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};

use crate::{
    error::{AppError, AppResult},
    identity::tokens,
    state::AppState,
};

/// Whoever asks whether Latchkey is ready must not wait as long as a request for a connection may.
const LONGEST_LOOK: Duration = Duration::from_secs(2);

/// 200 while the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// 200 where the database answers and is migrated, else 503.
pub async fn ready(State(app): State<AppState>) -> AppResult<&'static str> {
    let away = || AppError::unavailable("database_unavailable", "The database does not answer.");
    match tokio::time::timeout(LONGEST_LOOK, app.store.is_ready()).await {
        Ok(Ok(true)) => Ok("ready\n"),
        Ok(Ok(false)) => Err(AppError::unavailable("not_migrated", "The database is not migrated.")),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            Err(away())
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer in time");
            Err(away())
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
    Ok(crate::metrics::render(&app).await.into_response())
}
