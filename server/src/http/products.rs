//! Products, and the keys of one product.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        catalog::{AddProduct, EditProduct, Product, ProductRow},
        common::{List, ListQuery},
        keys::{AddKey, KeyRow, LicenceKey},
        publish::{Publication, PublishProduct},
        stripe::WhichAccount,
    },
    ids::ProductId,
    permission::Permission,
};

use crate::{
    catalog::{products, publish, view},
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery, created},
    },
    licensing::{edit, view as keys},
    state::AppState,
};

/// List products.
#[utoipa::path(get, path = "/api/v1/products", tag = "products", params(ListQuery),
    responses((status = 200, body = List<ProductRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_products(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<ProductRow>>> {
    caller.require(Permission::ProductsRead)?;
    Ok(Json(view::list(&app, &query).await?))
}

/// Add a product.
#[utoipa::path(post, path = "/api/v1/products", tag = "products", request_body = AddProduct,
    responses((status = 201, body = Product), (status = 401), (status = 403), (status = 422)))]
pub async fn add_product(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<AddProduct>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::ProductsWrite)?;
    let row = products::add(&app, &caller.origin(), form).await?;
    let location = format!("/api/v1/products/{}", row.id);
    Ok(created(location, view::show(&app, row).await?))
}

/// A product with its plans.
#[utoipa::path(get, path = "/api/v1/products/{id}", tag = "products", params(("id" = i64, Path)),
    responses((status = 200, body = Product), (status = 401), (status = 403), (status = 404)))]
pub async fn get_product(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Product>> {
    caller.require(Permission::ProductsRead)?;
    let row = products::find(app.store.read(), ProductId(id)).await?;
    Ok(Json(view::show(&app, row).await?))
}

/// Change a product.
#[utoipa::path(patch, path = "/api/v1/products/{id}", tag = "products", params(("id" = i64, Path)),
    request_body = EditProduct,
    responses((status = 200, body = Product), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn edit_product(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<EditProduct>,
) -> AppResult<Json<Product>> {
    caller.require(Permission::ProductsWrite)?;
    let row = products::edit(&app, &caller.origin(), ProductId(id), form).await?;
    Ok(Json(view::show(&app, row).await?))
}

/// What publishing a product and its plans to Stripe would do.
#[utoipa::path(get, path = "/api/v1/products/{id}/publication", tag = "products", params(("id" = i64, Path), WhichAccount),
    responses((status = 200, body = Publication), (status = 401), (status = 403), (status = 404), (status = 502), (status = 503)))]
pub async fn preview_publication(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<Publication>> {
    caller.require(Permission::StripeManage)?;
    Ok(Json(publish::preview(&app, ProductId(id), which.account).await?))
}

/// Publish a product and its plans to Stripe; what is there already is not made twice.
#[utoipa::path(post, path = "/api/v1/products/{id}/publication", tag = "products", params(("id" = i64, Path), WhichAccount),
    request_body = PublishProduct,
    responses((status = 200, body = Publication), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn publish_product(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
    Checked(form): Checked<PublishProduct>,
) -> AppResult<Json<Publication>> {
    caller.require(Permission::StripeManage)?;
    Ok(Json(publish::publish(&app, &caller.origin(), ProductId(id), which.account, &form).await?))
}

/// List a product's licence keys; `id` in its filter is the number on this product.
#[utoipa::path(get, path = "/api/v1/products/{id}/keys", tag = "keys", params(("id" = i64, Path), ListQuery),
    responses((status = 200, body = List<KeyRow>), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn list_product_keys(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<KeyRow>>> {
    caller.require(Permission::KeysRead)?;
    let product = products::find(app.store.read(), ProductId(id)).await?;
    Ok(Json(keys::list(&app, caller.access(), Some(ProductId(product.id)), &query).await?))
}

/// Make a licence key by hand.
#[utoipa::path(post, path = "/api/v1/products/{id}/keys", tag = "keys", params(("id" = i64, Path)),
    request_body = AddKey,
    responses((status = 201, body = LicenceKey), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn add_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<AddKey>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::KeysWrite)?;
    let key = edit::add(&app, &caller.origin(), ProductId(id), form).await?;
    let location = format!("/api/v1/keys/{}", key.id);
    Ok(created(location, keys::show(&app, key).await?))
}
