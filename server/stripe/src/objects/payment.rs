use super::{Customer, Metadata};
use crate::{
    Listed, Raw,
    raw::Expandable,
    tolerant::{identified, open_enum, tolerant_object},
};

tolerant_object! {
    /// A card that was charged.
    Charge {
        /// `ch_…`
        id: String,
        /// Minor units.
        amount: i64,
        /// Minor units given back.
        amount_refunded: i64,
        /// Lower-case ISO currency.
        currency: String,
        /// Who was charged.
        customer: Option<Expandable<Raw<Customer>>>,
        /// The payment intent it belongs to.
        payment_intent: Option<Expandable<PaymentIntent>>,
        /// Whether it was taken.
        paid: bool,
        /// Whether all of it was given back.
        refunded: bool,
        /// Whether the customer's bank took it back or asks.
        disputed: bool,
        /// `succeeded`, `pending` or `failed`.
        status: String,
        /// Page with the receipt.
        receipt_url: Option<String>,
        /// Seconds since 1970.
        created: i64,
    }
}

tolerant_object! {
    /// One payment from first try to success.
    PaymentIntent {
        /// `pi_…`
        id: String,
        /// Minor units.
        amount: i64,
        /// Minor units that arrived.
        amount_received: i64,
        /// Lower-case ISO currency.
        currency: String,
        /// Who pays.
        customer: Option<Expandable<Raw<Customer>>>,
        /// The charge that came of it last.
        latest_charge: Option<Expandable<Charge>>,
        /// `succeeded`, `requires_action`, `requires_payment_method`…
        status: String,
        /// Seconds since 1970.
        created: i64,
    }
}

tolerant_object! {
    /// Money given back.
    Refund {
        /// `re_…`
        id: String,
        /// Minor units.
        amount: i64,
        /// Lower-case ISO currency.
        currency: String,
        /// The charge.
        charge: Option<Expandable<Charge>>,
        /// The payment intent.
        payment_intent: Option<Expandable<PaymentIntent>>,
        /// `duplicate`, `fraudulent` or `requested_by_customer`.
        reason: Option<String>,
        /// `pending`, `succeeded`, `failed`…
        status: Option<String>,
        /// Why it failed: `lost_or_stolen_card`, `expired_or_canceled_card`…
        failure_reason: Option<String>,
        /// Seconds since 1970.
        created: i64,
        /// The refund's own metadata.
        metadata: Metadata,
    }
}

open_enum! {
    /// Where a dispute stands.
    DisputeStatus {
        /// The bank only asks.
        WarningNeedsResponse = "warning_needs_response",
        /// The bank looks at the answer to its question.
        WarningUnderReview = "warning_under_review",
        /// The question is settled.
        WarningClosed = "warning_closed",
        /// Evidence is due.
        NeedsResponse = "needs_response",
        /// The bank decides.
        UnderReview = "under_review",
        /// The money stays.
        Won = "won",
        /// The money is gone.
        Lost = "lost",
        /// Settled before it began.
        Prevented = "prevented",
    }
}

tolerant_object! {
    /// A charge that the customer's bank questions.
    Dispute {
        /// `du_…` or `dp_…`
        id: String,
        /// Minor units.
        amount: i64,
        /// Lower-case ISO currency.
        currency: String,
        /// The charge.
        charge: Option<Expandable<Charge>>,
        /// The payment intent.
        payment_intent: Option<Expandable<PaymentIntent>>,
        /// Why: `fraudulent`, `duplicate`, `product_not_received`…
        reason: String,
        /// Where it stands.
        status: DisputeStatus,
        /// Seconds since 1970.
        created: i64,
    }
}

tolerant_object! {
    /// A card, account or wallet of a customer.
    PaymentMethod {
        /// `pm_…`
        id: String,
        /// `card`, `sepa_debit`…
        kind: String = "type",
        /// Whose it is.
        customer: Option<Expandable<Raw<Customer>>>,
        /// The card's face, for cards.
        card: Option<Card>,
        /// Seconds since 1970.
        created: i64,
    }
}

tolerant_object! {
    /// What may be shown of a card.
    Card {
        /// `visa`, `mastercard`…
        brand: String,
        /// Last four digits.
        last4: String,
        /// 1 to 12.
        exp_month: i64,
        /// Four digits.
        exp_year: i64,
    }
}

tolerant_object! {
    /// Usage reported to a billing meter.
    MeterEvent {
        /// What makes it unique; sent again, it counts once.
        identifier: String,
        /// The meter's event name.
        event_name: String,
        /// Seconds since 1970.
        timestamp: i64,
    }
}

tolerant_object! {
    /// What counts use: events by a name, summed up per customer.
    BillingMeter {
        /// `mtr_…`
        id: String,
        /// The name that events carry.
        event_name: String,
        /// Where an event says whose use it is.
        customer_mapping: Option<CustomerMapping>,
        /// Where an event says how much.
        value_settings: Option<ValueSettings>,
    }
}

tolerant_object! {
    /// Where an event says whose use it is.
    CustomerMapping {
        /// The name in the payload.
        event_payload_key: String,
    }
}

tolerant_object! {
    /// Where an event says how much.
    ValueSettings {
        /// The name in the payload.
        event_payload_key: String,
    }
}

impl BillingMeter {
    /// The name under which an event's payload says whose use it is.
    pub fn customer_key(&self) -> &str {
        let named = self.customer_mapping.as_ref().map(|mapping| mapping.event_payload_key.as_str());
        named.filter(|name| !name.is_empty()).unwrap_or("stripe_customer_id")
    }

    /// The name under which an event's payload says how much.
    pub fn value_key(&self) -> &str {
        let named = self.value_settings.as_ref().map(|settings| settings.event_payload_key.as_str());
        named.filter(|name| !name.is_empty()).unwrap_or("value")
    }
}

identified!(Charge, PaymentIntent, Refund, Dispute, PaymentMethod);

impl Listed for Refund {
    const PATH: &'static str = "/v1/refunds";
}

impl Listed for PaymentMethod {
    const PATH: &'static str = "/v1/payment_methods";
}
