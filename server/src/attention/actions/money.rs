//! Giving the money back and ending the subscription.

use latchkey_shared::{
    api::attention::{Attention, Decide},
    attention::AttentionAction,
};
use latchkey_store::attention as store;
use latchkey_stripe::{
    Expandable, ListQuery, StripeClient, StripeError, StripeErrorKind,
    params::{CancelSubscription, CreateRefund},
};

use super::Open;
use crate::{audit::Origin, billing::sync::at_stake, error::AppResult, state::AppState};

/// Ends the subscription at Stripe at once and refunds what the row says is at stake. Run again after a failure
/// halfway, it does what is missing.
///
/// # Errors
/// 502 where Stripe refuses or does not answer; then the row stays open.
pub async fn refund_and_cancel(
    app: &AppState,
    origin: &Origin,
    id: i64,
    form: &Decide,
) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::RefundAndCancel).await?;
    let (connected, subscription) = open.at_stripe(app).await?;
    let client = &connected.client;
    let paid = ListQuery::new().filter("subscription", &subscription).filter("status", "paid").limit(100);
    let paid = client.list_invoices(&paid).await?.data;
    let ended_at = cancel(client, &subscription).await?;
    let mut given_back = 0;
    for invoice in at_stake::invoices(open.code, ended_at, paid.iter().map(|invoice| &**invoice)) {
        let name = format!("{}:refund:{}", connected.account.stripe_id, open.row.id);
        given_back += refund(client, &invoice.id, &name).await?;
    }
    let transaction = app.store.begin().await?;
    open.resolve(&transaction, app.clock.now(), store::REFUNDED).await?;
    let text = match given_back {
        0 => "The subscription was cancelled; there was nothing to refund.".to_owned(),
        1 => "The subscription was cancelled and the payment refunded.".to_owned(),
        many => format!("The subscription was cancelled and {many} payments refunded."),
    };
    open.note(app, transaction, origin, &text, &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::RefundAndCancel).await
}

/// Ends it unless it is over; answers when it had ended before, seconds since 1970.
async fn cancel(client: &StripeClient, subscription: &str) -> Result<Option<i64>, StripeError> {
    let before = match client.subscription(subscription, &[]).await {
        Ok(before) => before.ended_at,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error),
    };
    if before.is_none() {
        match client.cancel_subscription(subscription, &CancelSubscription::default()).await {
            // Somebody ended it meanwhile.
            Err(error) if error.is_not_found() => {}
            other => {
                other?;
            }
        }
    }
    Ok(before)
}

/// Refunds the payments of an invoice, as far as that was not done; answers how many.
async fn refund(client: &StripeClient, invoice: &str, name: &str) -> Result<usize, StripeError> {
    let paid = ListQuery::new().filter("invoice", invoice).filter("status", "paid").limit(100);
    let mut given_back = 0;
    for payment in client.list_invoice_payments(&paid).await?.data {
        let Some(intent) = payment.payment.payment_intent.as_ref().map(Expandable::id) else { continue };
        let params = CreateRefund {
            payment_intent: Some(intent.to_owned()),
            reason: Some("requested_by_customer".to_owned()),
            ..CreateRefund::default()
        };
        match client.create_refund(&params, &format!("{name}:{intent}")).await {
            Ok(_) => given_back += 1,
            Err(error) if already_refunded(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(given_back)
}

fn already_refunded(error: &StripeError) -> bool {
    error.kind == StripeErrorKind::InvalidRequest && error.code.as_deref() == Some("charge_already_refunded")
}
