//! Reports.

use axum::{Json, extract::State, http::header, response::IntoResponse};
use latchkey_shared::{
    api::reports::{ReportQuery, Reports},
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{caller::Staff, json::CheckedQuery},
    reports::{self, file},
    state::AppState,
};

/// All reports of the last twelve months.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports",
    responses((status = 200, body = Reports), (status = 401), (status = 403)))]
pub async fn get_reports(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Reports>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(reports::show(&app).await?))
}

/// Download one report as CSV.
#[utoipa::path(get, path = "/api/v1/reports/export", tag = "reports", params(ReportQuery),
    responses((status = 200, content_type = "text/csv"), (status = 400), (status = 401), (status = 403)))]
pub async fn export_report(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ReportQuery>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::SubscriptionsRead)?;
    let text = file::csv(&reports::show(&app).await?, query.report);
    let name = format!("attachment; filename=\"{}.csv\"", query.report.as_str());
    Ok((
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        text,
    ))
}
