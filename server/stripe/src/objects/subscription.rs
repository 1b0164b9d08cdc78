use super::{Customer, Invoice, Metadata, Price};
use crate::{
    Listed, Raw,
    paging::Page,
    raw::Expandable,
    tolerant::{identified, open_enum, tolerant_object},
};
use serde_json::Value;

open_enum! {
    /// Stripe's word for where a subscription stands.
    SubscriptionStatus {
        /// The first payment has not arrived yet.
        Incomplete = "incomplete",
        /// The first payment never arrived.
        IncompleteExpired = "incomplete_expired",
        /// Free at first.
        Trialing = "trialing",
        /// Paid.
        Active = "active",
        /// A renewal was not paid; Stripe keeps trying.
        PastDue = "past_due",
        /// Over.
        Canceled = "canceled",
        /// Stripe gave up trying; invoices pile up as drafts.
        Unpaid = "unpaid",
        /// No invoices until resumed.
        Paused = "paused",
    }
}

tolerant_object! {
    /// A customer's contract at Stripe. `skm_key_id`, `skm_key_globalid` and `skm_temp_var` live in its
    /// metadata. Periods are on the items; [`crate::subscription`] reads them in old and new shape.
    Subscription {
        /// `sub_…`
        id: String,
        /// Where it stands.
        status: SubscriptionStatus,
        /// Who pays.
        customer: Option<Expandable<Raw<Customer>>>,
        /// What is paid for; the first twenty.
        items: Page<SubscriptionItem>,
        /// Lower-case ISO currency.
        currency: String,
        /// `charge_automatically` or `send_invoice`.
        collection_method: Option<String>,
        /// When it will end, seconds since 1970.
        cancel_at: Option<i64>,
        /// Whether it ends with the period (classic billing mode).
        cancel_at_period_end: bool,
        /// When somebody asked for the end, seconds since 1970.
        canceled_at: Option<i64>,
        /// Why it ended.
        cancellation_details: Option<CancellationDetails>,
        /// When it ended, seconds since 1970.
        ended_at: Option<i64>,
        /// Set while invoices are put aside; the status stays `active`.
        pause_collection: Option<PauseCollection>,
        /// When the trial began, seconds since 1970.
        trial_start: Option<i64>,
        /// When the trial ends, seconds since 1970.
        trial_end: Option<i64>,
        /// The newest invoice.
        latest_invoice: Option<Expandable<Raw<Invoice>>>,
        /// The card used, where the subscription has its own.
        default_payment_method: Option<Expandable<Value>>,
        /// Start of the period (old shape), seconds since 1970.
        current_period_start: Option<i64>,
        /// End of the period (old shape), seconds since 1970.
        current_period_end: Option<i64>,
        /// The schedule that will change it, `sub_sched_…`.
        schedule: Option<Expandable<Value>>,
        /// The test clock it lives on (sandbox).
        test_clock: Option<Expandable<Value>>,
        /// When it began, seconds since 1970.
        start_date: i64,
        /// Seconds since 1970.
        created: i64,
        /// False in a sandbox.
        livemode: bool,
        /// The metadata contract's place.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// One thing a subscription pays for.
    SubscriptionItem {
        /// `si_…`
        id: String,
        /// At which price.
        price: Option<Raw<Price>>,
        /// How many; `None` for metered prices.
        quantity: Option<i64>,
        /// Start of the period, seconds since 1970.
        current_period_start: Option<i64>,
        /// End of the period, seconds since 1970.
        current_period_end: Option<i64>,
        /// Seconds since 1970.
        created: i64,
        /// The metadata contract's place for extras.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// How invoices are put aside while collection pauses.
    PauseCollection {
        /// `void`, `keep_as_draft` or `mark_uncollectible`.
        behavior: String,
        /// When it goes on, seconds since 1970.
        resumes_at: Option<i64>,
    }
}

tolerant_object! {
    /// Why a subscription ended.
    CancellationDetails {
        /// `cancellation_requested`, `payment_failed`, `payment_disputed`…
        reason: Option<String>,
        /// What the customer chose in the portal.
        feedback: Option<String>,
        /// What the customer wrote in the portal.
        comment: Option<String>,
    }
}

identified!(Subscription, SubscriptionItem);

impl Listed for Raw<Subscription> {
    const PATH: &'static str = "/v1/subscriptions";
}
