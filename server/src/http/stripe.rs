//! Connecting Stripe, and the Stripe check page.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        reconcile::SweepRuns,
        stripe::{
            CatalogSynced, ConnectStripe, MapProduct, RenameStripeAccount, StripeAccounts, StripeCheck,
            WhichAccount,
        },
    },
    permission::Permission,
};

use crate::{
    billing::{
        accounts,
        connecting::{self, Place},
        endpoints, reconcile,
    },
    catalog::{mapping, stripe_check, stripe_sync},
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery, created},
    },
    state::AppState,
};

/// How the connection to Stripe stands, and what is offered.
#[utoipa::path(get, path = "/api/v1/stripe", tag = "stripe", params(WhichAccount),
    responses((status = 200, body = StripeCheck), (status = 401), (status = 403), (status = 404)))]
pub async fn get_stripe(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<StripeCheck>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(stripe_check::check(&app, which.account).await?))
}

/// The connected accounts.
#[utoipa::path(get, path = "/api/v1/stripe/accounts", tag = "stripe",
    responses((status = 200, body = StripeAccounts), (status = 401), (status = 403)))]
pub async fn list_stripe_accounts(
    State(app): State<AppState>,
    caller: Staff,
) -> AppResult<Json<StripeAccounts>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(accounts::list(&app).await?))
}

/// Connect a further account.
#[utoipa::path(post, path = "/api/v1/stripe/accounts", tag = "stripe", request_body = ConnectStripe,
    responses((status = 201, body = StripeCheck), (status = 401), (status = 403), (status = 409), (status = 422), (status = 502)))]
pub async fn add_stripe_account(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<ConnectStripe>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::StripeManage)?;
    let connected = connecting::connect(&app, &caller.origin(), Place::Further, &form).await?;
    stripe_sync::sync_now(&app, &connected).await?;
    let number = connected.account.id;
    let check = stripe_check::check(&app, Some(number.into())).await?;
    Ok(created(format!("/api/v1/stripe?account={number}"), check))
}

/// Call an account otherwise.
#[utoipa::path(patch, path = "/api/v1/stripe/account", tag = "stripe", params(WhichAccount),
    request_body = RenameStripeAccount,
    responses((status = 200, body = StripeAccounts), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn rename_stripe_account(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
    Checked(form): Checked<RenameStripeAccount>,
) -> AppResult<Json<StripeAccounts>> {
    caller.require(Permission::StripeManage)?;
    Ok(Json(accounts::rename(&app, &caller.origin(), which.account, &form).await?))
}

/// Connect an account: the key is tried before it is kept.
#[utoipa::path(put, path = "/api/v1/stripe/account", tag = "stripe", params(WhichAccount),
    request_body = ConnectStripe,
    responses((status = 200, body = StripeCheck), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub async fn connect_stripe(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
    Checked(form): Checked<ConnectStripe>,
) -> AppResult<Json<StripeCheck>> {
    caller.require(Permission::StripeManage)?;
    let connected = connecting::connect(&app, &caller.origin(), which.account.into(), &form).await?;
    stripe_sync::sync_now(&app, &connected).await?;
    Ok(Json(stripe_check::check(&app, which.account).await?))
}

/// Forget the key.
#[utoipa::path(delete, path = "/api/v1/stripe/account", tag = "stripe", params(WhichAccount),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn disconnect_stripe(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<StatusCode> {
    caller.require(Permission::StripeManage)?;
    connecting::disconnect(&app, &caller.origin(), which.account).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Read the catalogue now.
#[utoipa::path(post, path = "/api/v1/stripe/sync", tag = "stripe", params(WhichAccount),
    responses((status = 200, body = CatalogSynced), (status = 401), (status = 403), (status = 502), (status = 503)))]
pub async fn sync_catalog(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<CatalogSynced>> {
    caller.require(Permission::StripeManage)?;
    let connected = accounts::connected(&app, which.account).await?;
    Ok(Json(stripe_sync::sync_now(&app, &connected).await?))
}

/// Make the webhook endpoint at Stripe, or mend it.
#[utoipa::path(post, path = "/api/v1/stripe/webhook", tag = "stripe", params(WhichAccount),
    responses((status = 200, body = StripeCheck), (status = 401), (status = 403), (status = 502), (status = 503)))]
pub async fn provision_webhook(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
) -> AppResult<Json<StripeCheck>> {
    caller.require(Permission::StripeManage)?;
    let connected = accounts::connected(&app, which.account).await?;
    endpoints::provision(&app, &caller.origin(), &connected).await?;
    Ok(Json(stripe_check::check(&app, which.account).await?))
}

/// Say which product of Latchkey a Stripe product is.
#[utoipa::path(post, path = "/api/v1/stripe/products/{stripe_id}/map", tag = "stripe",
    params(("stripe_id" = String, Path), WhichAccount), request_body = MapProduct,
    responses((status = 200, body = StripeCheck), (status = 401), (status = 403), (status = 404), (status = 422), (status = 502), (status = 503)))]
pub async fn map_stripe_product(
    State(app): State<AppState>,
    caller: Staff,
    Path(stripe_id): Path<String>,
    CheckedQuery(which): CheckedQuery<WhichAccount>,
    Checked(form): Checked<MapProduct>,
) -> AppResult<Json<StripeCheck>> {
    caller.require(Permission::StripeManage)?;
    mapping::map(&app, &caller.origin(), which.account, &stripe_id, form.product).await?;
    Ok(Json(stripe_check::check(&app, which.account).await?))
}

/// What the sweeps did, those under way included.
#[utoipa::path(get, path = "/api/v1/stripe/reconcile", tag = "stripe",
    responses((status = 200, body = SweepRuns), (status = 401), (status = 403)))]
pub async fn list_sweeps(State(app): State<AppState>, caller: Staff) -> AppResult<Json<SweepRuns>> {
    caller.require(Permission::StripeRead)?;
    Ok(Json(reconcile::runs(&app).await?))
}

/// Compare everything with Stripe; goes on after the answer.
#[utoipa::path(post, path = "/api/v1/stripe/reconcile", tag = "stripe",
    responses((status = 202, body = SweepRuns), (status = 401), (status = 403), (status = 409), (status = 503)))]
pub async fn begin_reconciling(
    State(app): State<AppState>,
    caller: Staff,
) -> AppResult<(StatusCode, Json<SweepRuns>)> {
    caller.require(Permission::SubscriptionsWrite)?;
    let runs = reconcile::begin_everything(&app, &caller.origin()).await?;
    Ok((StatusCode::ACCEPTED, Json(runs)))
}
