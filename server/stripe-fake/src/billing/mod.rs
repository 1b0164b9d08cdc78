//! What Stripe does by itself: starting, renewing and ending subscriptions, making invoices out of them
//! and taking the money.

pub(crate) mod cards;
pub(crate) mod checkout;
pub(crate) mod debit;
pub(crate) mod discounts;
pub(crate) mod engine;
pub(crate) mod invoicing;
pub(crate) mod lifecycle;
pub(crate) mod payment;
pub(crate) mod period;
pub(crate) mod proration;
pub(crate) mod start;

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;
/// Seconds of an hour: how long a renewal's invoice stays a draft.
pub(crate) const HOUR: i64 = 3_600;
