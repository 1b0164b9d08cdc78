//! What staff set about licensing: templates, what a product says, the licence Web API.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        licensing::{AddTemplate, EditTemplate, LicenceTemplate, LicenceTemplates, ProductLicensing},
        web_api::WebApiSettings,
    },
    ids::ProductId,
    permission::Permission,
};
use latchkey_store::templates as store;

use crate::{
    catalog::products,
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, created},
    },
    licensing::{product_rules, settings, templates},
    state::AppState,
};

/// List the licence templates of a product.
#[utoipa::path(get, path = "/api/v1/products/{id}/templates", tag = "products", params(("id" = i64, Path)),
    responses((status = 200, body = LicenceTemplates), (status = 401), (status = 403), (status = 404)))]
pub async fn list_templates(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<LicenceTemplates>> {
    caller.require(Permission::ProductsRead)?;
    products::find(app.store.read(), ProductId(id)).await?;
    let rows = store::of_product(app.store.read(), id).await?;
    Ok(Json(LicenceTemplates { templates: rows.into_iter().map(templates::described).collect() }))
}

/// Add a licence template to a product.
#[utoipa::path(post, path = "/api/v1/products/{id}/templates", tag = "products", params(("id" = i64, Path)),
    request_body = AddTemplate,
    responses((status = 201, body = LicenceTemplate), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn add_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<AddTemplate>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::ProductsWrite)?;
    let row = templates::add(&app, &caller.origin(), ProductId(id), form).await?;
    Ok(created(format!("/api/v1/templates/{}", row.id), templates::described(row)))
}

/// Change a licence template.
#[utoipa::path(patch, path = "/api/v1/templates/{id}", tag = "products", params(("id" = i64, Path)),
    request_body = EditTemplate,
    responses((status = 200, body = LicenceTemplate), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn edit_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditTemplate>,
) -> AppResult<Json<LicenceTemplate>> {
    caller.require(Permission::ProductsWrite)?;
    Ok(Json(templates::described(templates::edit(&app, &caller.origin(), id, form).await?)))
}

/// Remove a licence template.
#[utoipa::path(delete, path = "/api/v1/templates/{id}", tag = "products", params(("id" = i64, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404)))]
pub async fn remove_template(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<StatusCode> {
    caller.require(Permission::ProductsWrite)?;
    templates::remove(&app, &caller.origin(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a product says about its licences.
#[utoipa::path(get, path = "/api/v1/products/{id}/licensing", tag = "products", params(("id" = i64, Path)),
    responses((status = 200, body = ProductLicensing), (status = 401), (status = 403), (status = 404)))]
pub async fn get_product_licensing(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<ProductLicensing>> {
    caller.require(Permission::ProductsRead)?;
    Ok(Json(product_rules::of(&app, ProductId(id)).await?))
}

/// Change what a product says about its licences.
#[utoipa::path(put, path = "/api/v1/products/{id}/licensing", tag = "products", params(("id" = i64, Path)),
    request_body = ProductLicensing,
    responses((status = 200, body = ProductLicensing), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn set_product_licensing(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<ProductLicensing>,
) -> AppResult<Json<ProductLicensing>> {
    caller.require(Permission::ProductsWrite)?;
    product_rules::set(&app, &caller.origin(), ProductId(id), form).await?;
    Ok(Json(product_rules::of(&app, ProductId(id)).await?))
}

/// How the licence Web API behaves.
#[utoipa::path(get, path = "/api/v1/settings/web-api", tag = "settings",
    responses((status = 200, body = WebApiSettings), (status = 401), (status = 403)))]
pub async fn get_web_api(State(app): State<AppState>, caller: Staff) -> AppResult<Json<WebApiSettings>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(settings::web_api(&app).await?))
}

/// Change how the licence Web API behaves.
#[utoipa::path(put, path = "/api/v1/settings/web-api", tag = "settings", request_body = WebApiSettings,
    responses((status = 200, body = WebApiSettings), (status = 401), (status = 403), (status = 422)))]
pub async fn set_web_api(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<WebApiSettings>,
) -> AppResult<Json<WebApiSettings>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_web_api(&app, &caller.origin(), &form).await?;
    Ok(Json(settings::web_api(&app).await?))
}
