//! Webshops, and which one a customer is bound to.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        customers::Customer,
        webshops::{SetCustomerWebshop, SetWebshop, Webshop, Webshops},
    },
    ids::{CustomerId, WebshopId},
    permission::Permission,
};

use crate::{
    customers,
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, created},
    },
    state::AppState,
    webshops::{self, view},
};

/// List the webshops.
#[utoipa::path(get, path = "/api/v1/webshops", tag = "webshops",
    responses((status = 200, body = Webshops), (status = 401), (status = 403)))]
pub async fn list_webshops(State(app): State<AppState>, caller: Staff) -> AppResult<Json<Webshops>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(view::list(&app).await?))
}

/// Add a webshop.
#[utoipa::path(post, path = "/api/v1/webshops", tag = "webshops", request_body = SetWebshop,
    responses((status = 201, body = Webshop), (status = 401), (status = 403), (status = 422)))]
pub async fn add_webshop(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SetWebshop>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::SettingsWrite)?;
    let row = webshops::add(&app, &caller.origin(), &form).await?;
    let location = format!("/api/v1/webshops/{}", row.id);
    Ok(created(location, view::show(&app, row).await?))
}

/// A webshop.
#[utoipa::path(get, path = "/api/v1/webshops/{id}", tag = "webshops", params(("id" = i64, Path)),
    responses((status = 200, body = Webshop), (status = 401), (status = 403), (status = 404)))]
pub async fn get_webshop(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Webshop>> {
    caller.require(Permission::SettingsRead)?;
    let row = webshops::find(app.store.read(), WebshopId(id)).await?;
    Ok(Json(view::show(&app, row).await?))
}

/// Change a webshop.
#[utoipa::path(put, path = "/api/v1/webshops/{id}", tag = "webshops", params(("id" = i64, Path)),
    request_body = SetWebshop,
    responses((status = 200, body = Webshop), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn set_webshop(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetWebshop>,
) -> AppResult<Json<Webshop>> {
    caller.require(Permission::SettingsWrite)?;
    let row = webshops::edit(&app, &caller.origin(), WebshopId(id), &form).await?;
    Ok(Json(view::show(&app, row).await?))
}

/// Bind a customer to another webshop; what they subscribed to goes on.
#[utoipa::path(put, path = "/api/v1/customers/{id}/webshop", tag = "webshops", params(("id" = i64, Path)),
    request_body = SetCustomerWebshop,
    responses((status = 200, body = Customer), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_customer_webshop(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetCustomerWebshop>,
) -> AppResult<Json<Customer>> {
    caller.require(Permission::CustomersWrite)?;
    let row = webshops::bind(&app, &caller.origin(), CustomerId(id), form.webshop).await?;
    Ok(Json(customers::view::show(&app, row, caller.may(Permission::LinksManage)).await?))
}
