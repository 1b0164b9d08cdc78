//! "Needs attention".

use axum::{
    Json,
    extract::{Path, State},
};
use latchkey_shared::{
    api::{
        attention::{Attention, AttentionRow, Decide, IssueKey, LinkCustomer, LinkKey},
        common::{List, ListQuery},
    },
    attention::AttentionAction,
    permission::Permission,
};

use crate::{
    attention::{
        actions::{self, customer, keys, money},
        view,
    },
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery},
    },
    state::AppState,
};

/// List what needs, or needed, attention.
#[utoipa::path(get, path = "/api/v1/attention", tag = "attention", params(ListQuery),
    responses((status = 200, body = List<AttentionRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_attention(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<AttentionRow>>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(view::list(&app, &query).await?))
}

/// One entry: what was tried and what can be done.
#[utoipa::path(get, path = "/api/v1/attention/{id}", tag = "attention", params(("id" = i64, Path)),
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404)))]
pub async fn get_attention(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Attention>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(view::show(&app, id).await?))
}

/// Try again, after the cause was mended.
#[utoipa::path(post, path = "/api/v1/attention/{id}/retry", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn retry_attention(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::Retry.needs())?;
    Ok(Json(actions::retry(&app, &caller.origin(), id, &form).await?))
}

/// Set it aside: not ours, or settled elsewhere.
#[utoipa::path(post, path = "/api/v1/attention/{id}/ignore", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 503)))]
pub async fn ignore_attention(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::Ignore.needs())?;
    Ok(Json(actions::ignore(&app, &caller.origin(), id, &form).await?))
}

/// Issue the missing key now.
#[utoipa::path(post, path = "/api/v1/attention/{id}/issue-key", tag = "attention", params(("id" = i64, Path)),
    request_body = IssueKey,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn issue_missing_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<IssueKey>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::IssueKey.needs())?;
    Ok(Json(keys::issue(&app, &caller.origin(), id, &form).await?))
}

/// Say which existing key is the subscription's.
#[utoipa::path(post, path = "/api/v1/attention/{id}/link-key", tag = "attention", params(("id" = i64, Path)),
    request_body = LinkKey,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn link_existing_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<LinkKey>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::LinkKey.needs())?;
    Ok(Json(keys::link(&app, &caller.origin(), id, &form).await?))
}

/// Keep the key issued here, against what Stripe says.
#[utoipa::path(post, path = "/api/v1/attention/{id}/keep-ours", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn keep_our_key(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::KeepOurs.needs())?;
    Ok(Json(keys::keep(&app, &caller.origin(), id, &form).await?))
}

/// Send the key to the customer.
#[utoipa::path(post, path = "/api/v1/attention/{id}/send-key", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 503)))]
pub async fn send_key_again(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::SendKey.needs())?;
    Ok(Json(keys::send(&app, &caller.origin(), id, &form).await?))
}

/// Block the key.
#[utoipa::path(post, path = "/api/v1/attention/{id}/block-key", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 503)))]
pub async fn block_key_in_question(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::BlockKey.needs())?;
    Ok(Json(keys::block(&app, &caller.origin(), id, &form).await?))
}

/// Say which customer the Stripe customer is.
#[utoipa::path(post, path = "/api/v1/attention/{id}/link-customer", tag = "attention", params(("id" = i64, Path)),
    request_body = LinkCustomer,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn link_stripe_customer(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<LinkCustomer>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::LinkCustomer.needs())?;
    Ok(Json(customer::link(&app, &caller.origin(), id, &form).await?))
}

/// Refund what is at stake and cancel the subscription.
#[utoipa::path(post, path = "/api/v1/attention/{id}/refund-and-cancel", tag = "attention", params(("id" = i64, Path)),
    request_body = Decide,
    responses((status = 200, body = Attention), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502), (status = 503)))]
pub async fn refund_and_cancel(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<Decide>,
) -> AppResult<Json<Attention>> {
    caller.require(AttentionAction::RefundAndCancel.needs())?;
    Ok(Json(money::refund_and_cancel(&app, &caller.origin(), id, &form).await?))
}
