//! A customer changes their own subscription, as far as the vendor's rules allow.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::{
        changes::{AskChange, ChangeOptions, ChangePreview, CommitChange},
        portal::PortalSubscription,
    },
    ids::SubscriptionId,
};
use latchkey_store::subscriptions as store;

use crate::{
    billing::view,
    error::{AppError, AppResult},
    http::{caller::AcceptedCustomer, json::Checked},
    state::AppState,
    subscriptions::changes::{self, Caller, May},
};

/// Hands over who asks.
pub async fn as_caller<T>(
    customer: &AcceptedCustomer,
    work: impl AsyncFnOnce(&Caller<'_>) -> AppResult<T>,
) -> AppResult<T> {
    let origin = customer.portal.origin();
    work(&Caller { origin: &origin, access: customer.access(), may: May::Customer }).await
}

/// What can be done with my subscription.
#[utoipa::path(get, path = "/api/v1/portal/subscriptions/{id}/changes", tag = "portal", params(("id" = i64, Path)),
    responses((status = 200, body = ChangeOptions), (status = 401), (status = 403), (status = 404)))]
pub async fn get_my_change_options(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
) -> AppResult<Json<ChangeOptions>> {
    as_caller(&caller, async |caller| changes::options(&app, caller, SubscriptionId(id)).await)
        .await
        .map(Json)
}

/// Preview a change of my subscription.
#[utoipa::path(post, path = "/api/v1/portal/subscriptions/{id}/changes/preview", tag = "portal", params(("id" = i64, Path)), request_body = AskChange,
    responses((status = 200, body = ChangePreview), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn preview_my_change(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
    Checked(ask): Checked<AskChange>,
) -> AppResult<Json<ChangePreview>> {
    as_caller(&caller, async |caller| changes::preview(&app, caller, SubscriptionId(id), &ask).await)
        .await
        .map(Json)
}

/// Commit a quote for my subscription.
#[utoipa::path(post, path = "/api/v1/portal/subscriptions/{id}/changes/commit", tag = "portal", params(("id" = i64, Path)), request_body = CommitChange,
    responses((status = 200, body = PortalSubscription), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn commit_my_change(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
    Checked(form): Checked<CommitChange>,
) -> AppResult<Json<PortalSubscription>> {
    as_caller(&caller, async |caller| changes::commit(&app, caller, SubscriptionId(id), &form).await).await?;
    shown(&app, &caller, id).await
}

/// Take back what is planned for my subscription.
#[utoipa::path(post, path = "/api/v1/portal/subscriptions/{id}/changes/undo", tag = "portal", params(("id" = i64, Path)),
    responses((status = 200, body = PortalSubscription), (status = 401), (status = 403), (status = 404), (status = 409), (status = 502), (status = 503)))]
pub async fn undo_my_change(
    State(app): State<AppState>,
    caller: AcceptedCustomer,
    Path(id): Path<i64>,
) -> AppResult<Json<PortalSubscription>> {
    as_caller(&caller, async |caller| changes::undo(&app, caller, SubscriptionId(id)).await).await?;
    shown(&app, &caller, id).await
}

async fn shown(app: &AppState, caller: &AcceptedCustomer, id: i64) -> AppResult<Json<PortalSubscription>> {
    let row = store::find(app.store.read(), caller.access(), SubscriptionId(id))
        .await?
        .ok_or_else(|| AppError::not_found("subscription"))?;
    Ok(Json(view::one_for_customer(app, &row).await?))
}
