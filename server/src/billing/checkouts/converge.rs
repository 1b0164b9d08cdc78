//! Converging with a checkout session: the success page, the webhook and the sweep end here.

use latchkey_store::{
    checkouts as store,
    entity::checkout,
    sync_jobs::{Claim, Target},
};
use latchkey_stripe::{CheckoutSession, CheckoutStatus, Expandable, PaymentStatus};

use crate::{
    billing::{accounts, work},
    error::AppResult,
    failpoint::{self, Point},
    state::AppState,
};

/// Fetches the session, moves the purchase on, and fetches the subscription that came of it.
pub async fn converge(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let session = match connected.client.checkout_session(stripe_id, &["invoice"]).await {
        Ok(session) => Some(session),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(error.into()),
    };
    let subscription = session.as_ref().and_then(|session| session.subscription.as_ref()).map(Expandable::id);
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if let Some(row) = store::by_session(&transaction, *account, stripe_id).await? {
        let status = status(&row, session.as_deref());
        let receipt =
            session.as_ref().and_then(|session| session.invoice.as_ref()).and_then(Expandable::object);
        let receipt = receipt.and_then(|invoice| invoice.hosted_invoice_url.as_deref());
        store::set_outcome(&transaction, &row.id, status, None, receipt, now).await?;
    }
    if let Some(subscription) = subscription {
        work::request(&transaction, &Target::subscription(*account, subscription), now).await?;
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    failpoint::at(Point::PurchaseMoved);
    match subscription {
        // Whoever waits for the purchase waits for its key.
        Some(subscription) => work::converge_now(app, &Target::subscription(*account, subscription)).await,
        None => Ok(()),
    }
}

/// Where the purchase stands by its session. What is complete stays so.
fn status<'a>(row: &'a checkout::Model, session: Option<&CheckoutSession>) -> &'a str {
    if row.status == store::COMPLETE {
        return store::COMPLETE;
    }
    let Some(session) = session else { return store::EXPIRED };
    let paid = matches!(session.payment_status, PaymentStatus::Paid | PaymentStatus::NoPaymentRequired);
    match session.status {
        CheckoutStatus::Complete if paid => store::PAID,
        CheckoutStatus::Expired => store::EXPIRED,
        // Complete, and the money still on its way; or a word nobody knows yet.
        _ => row.status.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(status: &str) -> checkout::Model {
        checkout::Model {
            id: "c".to_owned(),
            customer_id: 1,
            user_id: 1,
            account_id: 1,
            product_id: 1,
            plan_id: 1,
            session_id: Some("cs_1".to_owned()),
            url: None,
            receipt_url: None,
            subscription_id: None,
            status: status.to_owned(),
            created_at: 0,
            updated_at: 0,
            expires_at: 0,
        }
    }

    #[test]
    fn a_purchase_follows_its_session() {
        use CheckoutStatus as At;
        use PaymentStatus as Money;
        for (before, status_at_stripe, money, expected) in [
            ("open", At::Open, Money::Unpaid, "open"),
            ("open", At::Complete, Money::Paid, "paid"),
            ("open", At::Complete, Money::NoPaymentRequired, "paid"),
            ("open", At::Complete, Money::Unpaid, "open"),
            ("open", At::Expired, Money::Unpaid, "expired"),
            ("paid", At::Complete, Money::Paid, "paid"),
            ("complete", At::Expired, Money::Unpaid, "complete"),
        ] {
            let session = CheckoutSession {
                status: status_at_stripe,
                payment_status: money,
                ..CheckoutSession::default()
            };
            assert_eq!(status(&row(before), Some(&session)), expected, "{before} {session:?}");
        }
        assert_eq!(status(&row("open"), None), "expired");
    }
}
