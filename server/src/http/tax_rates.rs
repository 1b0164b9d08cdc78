//! Rates of tax on what is billed offline.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::tax::{SetTaxRate, TaxRates},
    ids::TaxRateId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{caller::Staff, json::Checked},
    state::AppState,
    subscriptions::tax,
};

/// All rates of tax on what is billed offline.
#[utoipa::path(get, path = "/api/v1/tax-rates", tag = "settings",
    responses((status = 200, body = TaxRates), (status = 401), (status = 403)))]
pub async fn list_tax_rates(State(app): State<AppState>, caller: Staff) -> AppResult<Json<TaxRates>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(tax::list(&app).await?))
}

/// Add a rate of tax; answers all.
#[utoipa::path(post, path = "/api/v1/tax-rates", tag = "settings", request_body = SetTaxRate,
    responses((status = 200, body = TaxRates), (status = 401), (status = 403), (status = 422)))]
pub async fn add_tax_rate(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SetTaxRate>,
) -> AppResult<Json<TaxRates>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(tax::add(&app, &caller.origin(), &form).await?))
}

/// Change a rate of tax; answers all.
#[utoipa::path(put, path = "/api/v1/tax-rates/{id}", tag = "settings", params(("id" = i64, Path)), request_body = SetTaxRate,
    responses((status = 200, body = TaxRates), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_tax_rate(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetTaxRate>,
) -> AppResult<Json<TaxRates>> {
    caller.require(Permission::SettingsWrite)?;
    Ok(Json(tax::edit(&app, &caller.origin(), TaxRateId(id), &form).await?))
}
