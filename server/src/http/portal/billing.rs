//! A customer's payments, and ending or keeping a subscription.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use latchkey_shared::{
    api::portal::{Billing, BillingPortal, CancelMine, PortalSubscription},
    ids::SubscriptionId,
};

use crate::{
    billing::customer_page,
    error::AppResult,
    http::{caller::AcceptedCustomer, etag, json::Checked, portal::changes::as_caller},
    state::AppState,
    subscriptions::changes,
};

/// My subscriptions, invoices and card.
#[utoipa::path(get, path = "/api/v1/portal/billing", tag = "portal",
    responses((status = 200, body = Billing), (status = 304), (status = 401), (status = 403), (status = 409)))]
pub async fn get_billing(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    headers: HeaderMap,
) -> AppResult<Response> {
    etag::json(&headers, &customer_page::show(&app, caller.customer).await?)
}

/// Open Stripe's billing portal.
#[utoipa::path(post, path = "/api/v1/portal/billing/portal", tag = "portal",
    responses((status = 200, body = BillingPortal), (status = 401), (status = 403), (status = 409), (status = 502), (status = 503)))]
pub async fn open_billing_portal(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
) -> AppResult<Json<BillingPortal>> {
    Ok(Json(customer_page::open_portal(&app, caller.customer).await?))
}

/// End a subscription with what is paid for.
#[utoipa::path(post, path = "/api/v1/portal/subscriptions/{id}/cancel", tag = "portal", params(("id" = i64, Path)), request_body = CancelMine,
    responses((status = 200, body = PortalSubscription), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn cancel_subscription(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
    Checked(form): Checked<CancelMine>,
) -> AppResult<Json<PortalSubscription>> {
    as_caller(&caller, async |caller| {
        changes::cancel_mine(&app, caller, SubscriptionId(id), &form.reason).await
    })
    .await
    .map(Json)
}

/// Change one's mind: the subscription goes on.
#[utoipa::path(post, path = "/api/v1/portal/subscriptions/{id}/keep", tag = "portal", params(("id" = i64, Path)),
    responses((status = 200, body = PortalSubscription), (status = 401), (status = 403), (status = 404), (status = 409), (status = 502), (status = 503)))]
pub async fn keep_subscription(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
) -> AppResult<Json<PortalSubscription>> {
    as_caller(&caller, async |caller| changes::keep_mine(&app, caller, SubscriptionId(id)).await)
        .await
        .map(Json)
}
