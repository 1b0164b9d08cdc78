//! The dashboard.

use axum::{Json, extract::State};
use latchkey_shared::{api::dashboard::Dashboard, permission::Permission};

use crate::{dashboard, error::AppResult, http::caller::Staff, state::AppState};

/// Figures, charts and the latest.
#[utoipa::path(get, path = "/api/v1/dashboard", tag = "dashboard",
    responses((status = 200, body = Dashboard), (status = 401), (status = 403)))]
pub async fn get_dashboard(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Dashboard>> {
    caller.require(Permission::DashboardRead)?;
    let with_messages = caller.may(Permission::CommunicationsRead);
    Ok(Json(dashboard::show(&app, caller.access(), with_messages).await?))
}
