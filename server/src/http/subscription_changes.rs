//! Changing subscriptions, for staff.

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::{
        changes::{
            AddSubscription, AddedSubscription, AdjustBalance, AskChange, Balance, ChangeOptions,
            ChangePreview, CommitChange, ExtendMany, ExtendedMany, OfflinePlan, OfflinePlans, SelfService,
            SetAutoRenew, SetOfflinePlan, SetOwnPrice,
        },
        subscriptions::SubscriptionRow,
    },
    ids::{CustomerId, PlanId, ProductId, SubscriptionId},
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{caller::Staff, json::Checked},
    settings,
    state::AppState,
    subscriptions::{
        self, balance,
        changes::{self, Caller, May},
        offline,
    },
};

/// Hands over who asks; what gives money away needs a permission of its own.
async fn as_caller<T>(staff: &Staff, work: impl AsyncFnOnce(&Caller<'_>) -> AppResult<T>) -> AppResult<T> {
    let origin = staff.origin();
    let may = May::Staff { money: staff.may(Permission::MoneyWrite) };
    work(&Caller { origin: &origin, access: staff.access(), may }).await
}

/// What can be done with a subscription.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}/changes", tag = "subscriptions", params(("id" = i64, Path)),
    responses((status = 200, body = ChangeOptions), (status = 401), (status = 403), (status = 404)))]
pub async fn get_change_options(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<ChangeOptions>> {
    caller.require(Permission::SubscriptionsRead)?;
    as_caller(&caller, async |caller| changes::options(&app, caller, SubscriptionId(id)).await)
        .await
        .map(Json)
}

/// Preview a change: what it costs, gives and takes, with a quote that can be committed for 15 minutes.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/changes/preview", tag = "subscriptions", params(("id" = i64, Path)), request_body = AskChange,
    responses((status = 200, body = ChangePreview), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn preview_change(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(ask): Checked<AskChange>,
) -> AppResult<Json<ChangePreview>> {
    caller.require(Permission::SubscriptionsWrite)?;
    as_caller(&caller, async |caller| changes::preview(&app, caller, SubscriptionId(id), &ask).await)
        .await
        .map(Json)
}

/// Commit a quote. 409 `quote_changed` carries a fresh `preview` beside the error.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/changes/commit", tag = "subscriptions", params(("id" = i64, Path)), request_body = CommitChange,
    responses((status = 200, body = SubscriptionRow), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn commit_change(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<CommitChange>,
) -> AppResult<Json<SubscriptionRow>> {
    caller.require(Permission::SubscriptionsWrite)?;
    as_caller(&caller, async |caller| changes::commit(&app, caller, SubscriptionId(id), &form).await).await?;
    Ok(Json(subscriptions::show(&app, caller.access(), SubscriptionId(id)).await?))
}

/// Take back what is planned: a change, or the end.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/changes/undo", tag = "subscriptions", params(("id" = i64, Path)),
    responses((status = 200, body = SubscriptionRow), (status = 401), (status = 403), (status = 404), (status = 409), (status = 502), (status = 503)))]
pub async fn undo_change(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<SubscriptionRow>> {
    caller.require(Permission::SubscriptionsWrite)?;
    as_caller(&caller, async |caller| changes::undo(&app, caller, SubscriptionId(id)).await).await?;
    Ok(Json(subscriptions::show(&app, caller.access(), SubscriptionId(id)).await?))
}

/// Give many subscriptions time.
#[utoipa::path(post, path = "/api/v1/subscriptions/extend", tag = "subscriptions", request_body = ExtendMany,
    responses((status = 200, body = ExtendedMany), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn extend_subscriptions(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<ExtendMany>,
) -> AppResult<Json<ExtendedMany>> {
    caller.require(Permission::SubscriptionsWrite)?;
    as_caller(&caller, async |caller| changes::extend_many(&app, caller, &form).await).await.map(Json)
}

/// Have a subscription that is billed offline renew itself from the balance, or no more.
#[utoipa::path(put, path = "/api/v1/subscriptions/{id}/auto-renew", tag = "subscriptions", params(("id" = i64, Path)), request_body = SetAutoRenew,
    responses((status = 200, body = ChangeOptions), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn set_auto_renew(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetAutoRenew>,
) -> AppResult<Json<ChangeOptions>> {
    caller.require(Permission::SubscriptionsWrite)?;
    let id = SubscriptionId(id);
    as_caller(&caller, async |caller| {
        offline::arranged::set_auto_renew(&app, caller, id, &form).await?;
        changes::options(&app, caller, id).await
    })
    .await
    .map(Json)
}

/// Give a plan of a subscription that is billed offline another price for this customer.
#[utoipa::path(put, path = "/api/v1/subscriptions/{id}/own-price", tag = "subscriptions", params(("id" = i64, Path)), request_body = SetOwnPrice,
    responses((status = 200, body = ChangeOptions), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn set_own_price(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetOwnPrice>,
) -> AppResult<Json<ChangeOptions>> {
    caller.require(Permission::MoneyWrite)?;
    let id = SubscriptionId(id);
    as_caller(&caller, async |caller| {
        offline::arranged::set_own_price(&app, caller, id, &form).await?;
        changes::options(&app, caller, id).await
    })
    .await
    .map(Json)
}

/// Begin a subscription that is billed offline; `dry_run` only says what it costs.
#[utoipa::path(post, path = "/api/v1/customers/{id}/subscriptions", tag = "subscriptions", params(("id" = i64, Path)), request_body = AddSubscription,
    responses((status = 200, body = AddedSubscription), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn add_subscription(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<AddSubscription>,
) -> AppResult<Json<AddedSubscription>> {
    caller.require(Permission::SubscriptionsWrite)?;
    let whose = (caller.access(), CustomerId(id));
    let may_waive = caller.may(Permission::MoneyWrite);
    Ok(Json(offline::add::add(&app, &caller.origin(), whose, may_waive, &form).await?))
}

/// A customer's balance.
#[utoipa::path(get, path = "/api/v1/customers/{id}/balance", tag = "subscriptions", params(("id" = i64, Path)),
    responses((status = 200, body = Balance), (status = 401), (status = 403), (status = 404)))]
pub async fn get_balance(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Balance>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(balance::show(&app, caller.access(), CustomerId(id)).await?))
}

/// Correct a customer's balance.
#[utoipa::path(post, path = "/api/v1/customers/{id}/balance", tag = "subscriptions", params(("id" = i64, Path)), request_body = AdjustBalance,
    responses((status = 200, body = Balance), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn adjust_balance(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<AdjustBalance>,
) -> AppResult<Json<Balance>> {
    caller.require(Permission::MoneyWrite)?;
    Ok(Json(balance::adjust(&app, &caller.origin(), (caller.access(), CustomerId(id)), &form).await?))
}

/// All offline plans.
#[utoipa::path(get, path = "/api/v1/offline-plans", tag = "products",
    responses((status = 200, body = OfflinePlans), (status = 401), (status = 403)))]
pub async fn list_offline_plans(State(app): State<AppState>, caller: Staff) -> AppResult<Json<OfflinePlans>> {
    caller.require(Permission::ProductsRead)?;
    Ok(Json(offline::plans::list(&app, None).await?))
}

/// A product's offline plans.
#[utoipa::path(get, path = "/api/v1/products/{id}/offline-plans", tag = "products", params(("id" = i64, Path)),
    responses((status = 200, body = OfflinePlans), (status = 401), (status = 403)))]
pub async fn list_offline_plans_of_product(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<OfflinePlans>> {
    caller.require(Permission::ProductsRead)?;
    Ok(Json(offline::plans::list(&app, Some(ProductId(id))).await?))
}

/// Add an offline plan to a product.
#[utoipa::path(post, path = "/api/v1/products/{id}/offline-plans", tag = "products", params(("id" = i64, Path)), request_body = SetOfflinePlan,
    responses((status = 200, body = OfflinePlan), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn add_offline_plan(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetOfflinePlan>,
) -> AppResult<Json<OfflinePlan>> {
    caller.require(Permission::ProductsWrite)?;
    Ok(Json(offline::plans::add(&app, &caller.origin(), ProductId(id), &form).await?))
}

/// Change an offline plan.
#[utoipa::path(put, path = "/api/v1/offline-plans/{id}", tag = "products", params(("id" = i64, Path)), request_body = SetOfflinePlan,
    responses((status = 200, body = OfflinePlan), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub async fn set_offline_plan(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<SetOfflinePlan>,
) -> AppResult<Json<OfflinePlan>> {
    caller.require(Permission::ProductsWrite)?;
    Ok(Json(offline::plans::edit(&app, &caller.origin(), PlanId(id), &form).await?))
}

/// What customers may do to their subscriptions themselves.
#[utoipa::path(get, path = "/api/v1/settings/self-service", tag = "settings",
    responses((status = 200, body = SelfService), (status = 401), (status = 403)))]
pub async fn get_self_service(State(app): State<AppState>, caller: Staff) -> AppResult<Json<SelfService>> {
    caller.require(Permission::SettingsRead)?;
    Ok(Json(settings::self_service(&app).await?))
}

/// Set what customers may do to their subscriptions themselves.
#[utoipa::path(put, path = "/api/v1/settings/self-service", tag = "settings", request_body = SelfService,
    responses((status = 200, body = SelfService), (status = 401), (status = 403), (status = 422)))]
pub async fn set_self_service(
    State(app): State<AppState>,
    caller: Staff,
    Checked(form): Checked<SelfService>,
) -> AppResult<Json<SelfService>> {
    caller.require(Permission::SettingsWrite)?;
    settings::set_self_service(&app, &caller.origin(), form).await?;
    Ok(Json(settings::self_service(&app).await?))
}
