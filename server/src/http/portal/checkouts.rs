//! Buying: to Stripe and back.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use latchkey_shared::api::portal::{CheckoutProgress, CheckoutStarted, StartCheckout};

use crate::{
    billing::checkouts::{
        progress,
        start::{self, Purchase},
    },
    error::AppResult,
    http::{
        caller::AcceptedCustomer,
        etag,
        json::{Checked, created},
    },
    state::AppState,
};

/// Begin a purchase; answers where to pay.
#[utoipa::path(post, path = "/api/v1/portal/checkouts", tag = "portal", request_body = StartCheckout,
    responses((status = 201, body = CheckoutStarted), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn start_checkout(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Checked(form): Checked<StartCheckout>,
) -> AppResult<impl IntoResponse> {
    let purchase = Purchase {
        customer: caller.customer,
        user: caller.portal.id(),
        plan: form.plan,
        origin: caller.portal.origin(),
    };
    let started: CheckoutStarted = start::start(&app, &purchase).await?;
    Ok(created(format!("/api/v1/portal/checkouts/{}", started.checkout), started))
}

/// How a purchase stands; asks Stripe by itself.
#[utoipa::path(get, path = "/api/v1/portal/checkouts/{checkout}", tag = "portal", params(("checkout" = String, Path)),
    responses((status = 200, body = CheckoutProgress), (status = 304), (status = 401), (status = 403), (status = 404), (status = 409)))]
pub async fn get_checkout(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(checkout): Path<String>,
    headers: HeaderMap,
) -> AppResult<Response> {
    etag::json(&headers, &progress::progress(&app, caller.access(), &checkout).await?)
}
