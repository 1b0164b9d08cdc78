//! Subscriptions for staff.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        subscriptions::SubscriptionRow,
    },
    ids::SubscriptionId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{caller::Staff, json::CheckedQuery},
    state::AppState,
    subscriptions,
};

/// List subscriptions.
#[utoipa::path(get, path = "/api/v1/subscriptions", tag = "subscriptions", params(ListQuery),
    responses((status = 200, body = List<SubscriptionRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_subscriptions(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<SubscriptionRow>>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(subscriptions::list(&app, caller.access(), &query).await?))
}

/// A subscription.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}", tag = "subscriptions", params(("id" = i64, Path)),
    responses((status = 200, body = SubscriptionRow), (status = 401), (status = 403), (status = 404)))]
pub async fn get_subscription(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<SubscriptionRow>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(subscriptions::show(&app, caller.access(), SubscriptionId(id)).await?))
}

/// Fetch a subscription from Stripe now.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/sync", tag = "subscriptions", params(("id" = i64, Path)),
    responses((status = 200, body = SubscriptionRow), (status = 401), (status = 403), (status = 404), (status = 409), (status = 502), (status = 503)))]
pub async fn sync_subscription(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<SubscriptionRow>> {
    caller.require(Permission::SubscriptionsWrite)?;
    Ok(Json(subscriptions::sync(&app, &caller.origin(), caller.access(), SubscriptionId(id)).await?))
}
