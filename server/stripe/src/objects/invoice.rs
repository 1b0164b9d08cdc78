use super::{Customer, Metadata};
use crate::{
    Listed, Raw,
    paging::Page,
    raw::Expandable,
    tolerant::{identified, open_enum, tolerant_object},
};
use serde_json::Value;

open_enum! {
    /// Where an invoice stands.
    InvoiceStatus {
        /// Not final yet.
        Draft = "draft",
        /// Final and due.
        Open = "open",
        /// Paid, also when nothing was due.
        Paid = "paid",
        /// Cancelled.
        Void = "void",
        /// Given up.
        Uncollectible = "uncollectible",
    }
}

tolerant_object! {
    /// An invoice. Which subscription it belongs to is told by
    /// [`invoice_subscription`](crate::subscription::invoice_subscription), in old and new shape.
    Invoice {
        /// `in_…`; empty for an upcoming one.
        id: String,
        /// Where it stands.
        status: InvoiceStatus,
        /// Number on the printed invoice.
        number: Option<String>,
        /// Who owes it.
        customer: Option<Expandable<Raw<Customer>>>,
        /// Why it was made: `subscription_create`, `subscription_cycle`, `subscription_update`, `manual`…
        billing_reason: Option<String>,
        /// Lower-case ISO currency.
        currency: String,
        /// Minor units before discounts and tax.
        subtotal: i64,
        /// Minor units of tax and discounts included.
        total: i64,
        /// Minor units to be paid.
        amount_due: i64,
        /// Minor units paid.
        amount_paid: i64,
        /// Minor units still to be paid.
        amount_remaining: i64,
        /// How often payment was tried.
        attempt_count: i64,
        /// When payment is tried next, seconds since 1970.
        next_payment_attempt: Option<i64>,
        /// Page where the customer can pay and read it.
        hosted_invoice_url: Option<String>,
        /// The printed invoice.
        invoice_pdf: Option<String>,
        /// What it is for. At most ten are inside the invoice itself.
        lines: Page<InvoiceLine>,
        /// What it was made from (new shape).
        parent: Option<SubscriptionParent>,
        /// Its subscription (old shape).
        subscription: Option<Expandable<Value>>,
        /// Start and end of the time it looks back on, seconds since 1970.
        period_start: i64,
        /// See `period_start`.
        period_end: i64,
        /// Seconds since 1970.
        created: i64,
        /// When it was finalised, paid and so on, seconds since 1970.
        status_transitions: Value,
        /// False in a sandbox.
        livemode: bool,
        /// The invoice's own metadata.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// What an invoice was made from.
    SubscriptionParent {
        /// `subscription_details` or `quote_details`.
        kind: String = "type",
        /// The subscription's id and a copy of its metadata from when the invoice became final.
        subscription_details: Option<Value>,
    }
}

tolerant_object! {
    /// One line of an invoice.
    InvoiceLine {
        /// `il_…`
        id: String,
        /// Minor units; negative for credits.
        amount: i64,
        /// Lower-case ISO currency.
        currency: String,
        /// What it says.
        description: Option<String>,
        /// How many.
        quantity: Option<i64>,
        /// The time it pays for.
        period: Option<LinePeriod>,
        /// Whether it corrects an earlier charge (old shape).
        proration: bool,
        /// Where it comes from (new shape).
        parent: Value,
        /// Price reference (new shape).
        pricing: Value,
        /// The price (old shape).
        price: Option<Value>,
        /// The item it pays for (old shape).
        subscription_item: Option<String>,
    }
}

tolerant_object! {
    /// A stretch of time, seconds since 1970.
    LinePeriod {
        /// First second.
        start: i64,
        /// First second after it.
        end: i64,
    }
}

impl InvoiceLine {
    /// The subscription item it pays for.
    pub fn item_id(&self) -> Option<&str> {
        self.parent["subscription_item_details"]["subscription_item"]
            .as_str()
            .or(self.subscription_item.as_deref())
    }

    /// The price it was reckoned with.
    pub fn price_id(&self) -> Option<&str> {
        let new = &self.pricing["price_details"]["price"];
        let old = self.price.as_ref().unwrap_or(&Value::Null);
        [new, old].into_iter().find_map(|price| price.as_str().or_else(|| price["id"].as_str()))
    }

    /// Whether it corrects an earlier charge after a change of plan.
    pub fn is_proration(&self) -> bool {
        self.proration || self.parent["subscription_item_details"]["proration"] == true
    }
}

tolerant_object! {
    /// How an invoice was, or is to be, paid.
    InvoicePayment {
        /// `inpay_…`
        id: String,
        /// The invoice.
        invoice: Option<Expandable<Raw<Invoice>>>,
        /// Minor units paid.
        amount_paid: Option<i64>,
        /// Whether it is the one Stripe tries by itself.
        is_default: bool,
        /// `open`, `paid` or `canceled`.
        status: String,
        /// What paid it.
        payment: PaymentReference,
    }
}

tolerant_object! {
    /// A payment intent, charge or record of a payment elsewhere.
    PaymentReference {
        /// `payment_intent`, `charge` or `payment_record`.
        kind: String = "type",
        /// `pi_…`
        payment_intent: Option<Expandable<super::PaymentIntent>>,
        /// `ch_…`
        charge: Option<Expandable<super::Charge>>,
    }
}

identified!(Invoice, InvoiceLine, InvoicePayment);

impl Listed for Raw<Invoice> {
    const PATH: &'static str = "/v1/invoices";
}

impl Listed for InvoicePayment {
    const PATH: &'static str = "/v1/invoice_payments";
}
