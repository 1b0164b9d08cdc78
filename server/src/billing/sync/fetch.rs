//! What is asked of Stripe for one subscription: the subscription and its paid invoices, at the same time.

use latchkey_stripe::{Invoice, ListQuery, Raw, StripeClient, Subscription};

use crate::{error::AppResult, state::AppState};

/// Paid invoices looked at, newest first. Only the latest ones decide how far a subscription is paid.
const INVOICES: u32 = 100;

/// What Stripe said.
pub struct Fetched {
    /// Before the question was asked, milliseconds since 1970: everything that happened until then is in it.
    pub at: i64,
    /// `None`: Stripe has no such subscription (any more).
    pub found: Option<Found>,
}

pub struct Found {
    /// Customer, products and newest invoice expanded.
    pub subscription: Raw<Subscription>,
    pub paid_invoices: Vec<Raw<Invoice>>,
}

pub async fn fetch(app: &AppState, client: &StripeClient, id: &str) -> AppResult<Fetched> {
    let at = app.clock.now();
    let paid = ListQuery::new()
        .filter("subscription", id)
        .filter("status", "paid")
        .limit(INVOICES)
        .expand("payments");
    let (subscription, invoices) = tokio::join!(
        client.subscription(id, &["customer", "items.data.price.product", "latest_invoice"]),
        client.list_invoices(&paid),
    );
    let subscription = match subscription {
        Ok(subscription) => subscription,
        Err(error) if error.is_not_found() => return Ok(Fetched { at, found: None }),
        Err(error) => return Err(error.into()),
    };
    Ok(Fetched { at, found: Some(Found { subscription, paid_invoices: invoices?.data }) })
}
