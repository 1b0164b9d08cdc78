//! The customers' history, for staff.

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        transactions::{RefundPayment, Transaction, TransactionRow, TransactionSums},
    },
    ids::TransactionId,
    permission::Permission,
};

use crate::{
    error::AppResult,
    http::{
        caller::Staff,
        json::{Checked, CheckedQuery},
    },
    state::AppState,
    transactions::{export, refund, view},
};

/// List transactions.
#[utoipa::path(get, path = "/api/v1/transactions", tag = "transactions", params(ListQuery),
    responses((status = 200, body = List<TransactionRow>), (status = 401), (status = 403), (status = 422)))]
pub async fn list_transactions(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<List<TransactionRow>>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(view::list(&app, caller.access(), &query).await?))
}

/// The sums of the transactions that match a filter, by currency.
#[utoipa::path(get, path = "/api/v1/transactions/sums", tag = "transactions", params(ListQuery),
    responses((status = 200, body = TransactionSums), (status = 401), (status = 403), (status = 422)))]
pub async fn sum_transactions(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<Json<TransactionSums>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(view::sums(&app, caller.access(), &query.filter).await?))
}

/// Download the money that moved among the transactions that match a filter as CSV.
#[utoipa::path(get, path = "/api/v1/transactions/export", tag = "transactions", params(ListQuery),
    responses((status = 200, content_type = "text/csv"), (status = 401), (status = 403), (status = 422)))]
pub async fn export_transactions(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<ListQuery>,
) -> AppResult<impl IntoResponse> {
    caller.require(Permission::SubscriptionsRead)?;
    let text = export::csv(&app, caller.access(), &query.filter).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"transactions.csv\""),
    ];
    Ok((headers, text))
}

/// A transaction with what belongs to it.
#[utoipa::path(get, path = "/api/v1/transactions/{id}", tag = "transactions", params(("id" = i64, Path)),
    responses((status = 200, body = Transaction), (status = 401), (status = 403), (status = 404)))]
pub async fn get_transaction(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
) -> AppResult<Json<Transaction>> {
    caller.require(Permission::SubscriptionsRead)?;
    Ok(Json(view::show(&app, caller.access(), TransactionId(id)).await?))
}

/// Give a payment back, in full or in part. Answers the payment; the refund is pending until Stripe has made it, and
/// done at once where the payment came by bank transfer or in cash and staff pay it back themselves.
#[utoipa::path(post, path = "/api/v1/transactions/{id}/refund", tag = "transactions", params(("id" = i64, Path)),
    request_body = RefundPayment,
    responses((status = 200, body = Transaction), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn refund_payment(
    State(app): State<AppState>,
    caller: Staff,
    Path(id): Path<i64>,
    Checked(form): Checked<RefundPayment>,
) -> AppResult<Json<Transaction>> {
    caller.require(Permission::MoneyWrite)?;
    let id = TransactionId(id);
    Ok(Json(refund::ask(&app, &caller.origin(), caller.access(), id, &form).await?))
}
