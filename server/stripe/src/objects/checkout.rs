use super::{Customer, Invoice, Metadata, Price, Subscription};
use crate::{
    Listed, Raw,
    raw::Expandable,
    tolerant::{identified, open_enum, tolerant_object},
};

open_enum! {
    /// Where a checkout session stands.
    CheckoutStatus {
        /// Can still be paid.
        Open = "open",
        /// Finished; payment may still be on its way.
        Complete = "complete",
        /// Can no longer be used.
        Expired = "expired",
    }
}

open_enum! {
    /// Whether a session's money has arrived.
    PaymentStatus {
        /// It has.
        Paid = "paid",
        /// It has not: the payment method takes days.
        Unpaid = "unpaid",
        /// Nothing was due (a trial, a full discount).
        NoPaymentRequired = "no_payment_required",
    }
}

tolerant_object! {
    /// A visit to Stripe's pay page. Its metadata is its own: it never reaches the subscription.
    CheckoutSession {
        /// `cs_…`
        id: String,
        /// Where it stands.
        status: CheckoutStatus,
        /// Whether money has arrived.
        payment_status: PaymentStatus,
        /// `subscription`, `payment` or `setup`.
        mode: String,
        /// Where to send the customer while it is open.
        url: Option<String>,
        /// What the caller named it.
        client_reference_id: Option<String>,
        /// Who pays.
        customer: Option<Expandable<Raw<Customer>>>,
        /// What came of it; `None` until it is complete.
        subscription: Option<Expandable<Raw<Subscription>>>,
        /// The first invoice; `None` until it is complete.
        invoice: Option<Expandable<Raw<Invoice>>>,
        /// Lower-case ISO currency.
        currency: Option<String>,
        /// Minor units.
        amount_total: Option<i64>,
        /// Seconds since 1970.
        created: i64,
        /// Seconds since 1970.
        expires_at: Option<i64>,
        /// Where Stripe leads after paying.
        success_url: Option<String>,
        /// Where the back link leads.
        cancel_url: Option<String>,
        /// False in a sandbox.
        livemode: bool,
        /// The session's own metadata.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// One thing on a checkout session.
    LineItem {
        /// `li_…`
        id: String,
        /// What it is called on the pay page.
        description: Option<String>,
        /// How many.
        quantity: Option<i64>,
        /// At which price.
        price: Option<Raw<Price>>,
        /// Lower-case ISO currency.
        currency: String,
        /// Minor units, tax included.
        amount_total: i64,
    }
}

identified!(CheckoutSession, LineItem);

impl Listed for Raw<CheckoutSession> {
    const PATH: &'static str = "/v1/checkout/sessions";
}
