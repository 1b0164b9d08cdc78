//! Payments that were taken back: refunded in full, or disputed. Neither ends a subscription at Stripe, so a person
//! decides what becomes of the keys.

use latchkey_shared::attention::AttentionCode;
use latchkey_store::{
    attention as store, subscriptions,
    sync_jobs::{Claim, Target},
};
use latchkey_stripe::{
    Charge, Dispute, DisputeStatus, Expandable, ListQuery, StripeClient, StripeError, subscription as shapes,
};

use crate::{
    attention::{self, NewRow},
    billing::{
        accounts::{self, Connected},
        work,
    },
    error::AppResult,
    state::AppState,
};

/// Looks at a charge of which something was refunded.
pub async fn converge_charge(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let charge = connected.client.charge(stripe_id).await?;
    let subscription = if charge.refunded { paid_for(&connected.client, &charge).await? } else { None };
    let transaction = app.store.begin().await?;
    if let Some(subscription) = subscription
        // Whoever pressed the button need not be told.
        && !store::was_refunded(&transaction, *account, &subscription).await?
    {
        let detail = "The whole payment was given back.".to_owned();
        let found = Found { code: AttentionCode::RefundToDecide, subscription: &subscription, detail };
        found
            .raise(app, &transaction, &connected, (stripe_id, charge.amount_refunded, &charge.currency))
            .await?;
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Looks at a dispute: opened, it is shown; decided for the vendor, it is no longer; lost, that is shown.
pub async fn converge_dispute(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let dispute = connected.client.dispute(stripe_id).await?;
    let subscription = match dispute.charge.as_ref().map(Expandable::id) {
        Some(charge) => paid_for(&connected.client, &connected.client.charge(charge).await?).await?,
        None => None,
    };
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if let Some(subscription) = subscription {
        let code = standing(&dispute);
        if code != Some(AttentionCode::DisputeOpened) {
            let opened = AttentionCode::DisputeOpened.as_str();
            store::heal_occurrence(&transaction, now, opened, *account, (&subscription, stripe_id)).await?;
        }
        if let Some(code) = code {
            let detail = format!("Reason given to the bank: {}.", dispute.reason.replace('_', " "));
            let found = Found { code, subscription: &subscription, detail };
            found
                .raise(app, &transaction, &connected, (stripe_id, dispute.amount, &dispute.currency))
                .await?;
        }
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// What of a dispute a person must see.
fn standing(dispute: &Dispute) -> Option<AttentionCode> {
    match dispute.status {
        DisputeStatus::Lost => Some(AttentionCode::DisputeLost),
        DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => None,
        _ => Some(AttentionCode::DisputeOpened),
    }
}

struct Found<'a> {
    code: AttentionCode,
    subscription: &'a str,
    detail: String,
}

impl Found<'_> {
    /// Puts it in front of a person; `occurrence` is the charge or dispute with what it is about.
    async fn raise(
        self,
        app: &AppState,
        transaction: &sea_orm::DatabaseTransaction,
        connected: &Connected,
        (occurrence, amount, currency): (&str, i64, &str),
    ) -> AppResult<()> {
        let account = connected.account.id;
        let row = subscriptions::by_stripe_id(transaction, account, self.subscription).await?;
        let new = NewRow {
            code: self.code.as_str(),
            account: Some(account),
            stripe_id: self.subscription,
            customer: row.as_ref().map(|row| row.customer_id),
            subscription: row.as_ref().map(|row| row.id),
            detail: self.detail,
            occurrence,
            at_stake: Some((amount, currency.to_uppercase())),
        };
        attention::raise(transaction, app.clock.now(), new).await
    }
}

/// The subscription that a charge paid for; nothing where it paid for something else.
async fn paid_for(client: &StripeClient, charge: &Charge) -> Result<Option<String>, StripeError> {
    let Some(intent) = charge.payment_intent.as_ref().map(Expandable::id) else { return Ok(None) };
    let query = ListQuery::new()
        .filter("payment[type]", "payment_intent")
        .filter("payment[payment_intent]", intent)
        .limit(1);
    let payment = client.list_invoice_payments(&query).await?.data.into_iter().next();
    let Some(invoice) = payment.and_then(|payment| payment.invoice) else { return Ok(None) };
    let invoice = client.invoice(invoice.id(), &[]).await?;
    Ok(shapes::invoice_subscription(&invoice).map(str::to_owned))
}
