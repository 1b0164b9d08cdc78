//! A customer's history: money that moved, and what became of contracts and keys.

use serde::{Deserialize, Serialize};

use crate::{
    api::common::Actor,
    ids::{CustomerId, SubscriptionId, TransactionId},
    money::Money,
    time::Timestamp,
    transaction::{RefundReason, RefundThen, TransactionKind, TransactionSource, TransactionState},
    validation,
};

/// A row of the list. Sortable: `date`, `gross`, `id`. Filterable: `id`, `type`, `source`, `state`,
/// `customer.id`, `customer.name`, `subscription.id`, `product.id`, `gross`, `currency`, `method`, `reference`,
/// `date`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransactionRow {
    pub id: TransactionId,
    pub date: Timestamp,
    #[serde(rename = "type")]
    pub kind: TransactionKind,
    pub state: TransactionState,
    pub source: TransactionSource,
    pub customer: CustomerId,
    pub customer_name: Option<String>,
    pub subscription: Option<SubscriptionId>,
    /// What moved, tax included; negative where it left the vendor. Absent for what has no price.
    pub gross: Option<Money>,
    pub net: Option<Money>,
    pub tax: Option<Money>,
    /// What it is about where nothing moved: a failed payment, a dispute, a change of the balance.
    pub asked: Option<Money>,
    /// Of a payment: what was given back of it, or is about to be.
    pub given_back: Option<Money>,
    /// `stripe`, `bank_transfer`, `cash`…; empty where nothing is known.
    pub method: String,
    /// An invoice's number, the bank's reference, a key's number.
    pub reference: String,
}

/// An entry with everything that is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transaction {
    pub row: TransactionRow,
    pub product_name: Option<String>,
    /// Who caused it.
    pub by: Actor,
    pub reason: String,
    pub note: String,
    /// What a payment paid for.
    pub lines: Vec<TransactionLine>,
    /// Its page in Stripe's dashboard.
    pub stripe_url: Option<String>,
    /// The printed invoice.
    pub pdf: Option<String>,
    /// Why it failed, in words.
    pub error: Option<String>,
    /// Refunds and disputes of a payment, or the payment of these; the oldest first.
    pub related: Vec<TransactionRow>,
    /// What of a payment can still be given back; absent where nothing can.
    pub refundable: Option<Money>,
    /// It came by bank transfer or in cash: staff pay it back themselves, and it is only written down here.
    #[serde(default)]
    pub refund_by_hand: bool,
    /// What the vendor has done to the licence when all of a payment is given back.
    pub full_refund: RefundThen,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransactionLine {
    pub text: String,
    pub amount: Money,
}

/// The sum of one currency: payments less refunds and what disputes took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransactionSum {
    pub net: Money,
    pub tax: Money,
    pub gross: Money,
}

/// The sums of everything that matches a filter, by currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransactionSums {
    pub sums: Vec<TransactionSum>,
}

/// Give a payment back, in full or in part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundPayment {
    /// Minor units of the payment's currency; at most what is left.
    #[garde(range(min = 1))]
    pub amount: i64,
    #[garde(skip)]
    pub reason: RefundReason,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub note: String,
    /// What becomes of the subscription and its keys.
    #[garde(skip)]
    pub then: RefundThen,
    /// What a bookkeeper finds the money by that went back; only for what Stripe did not take.
    #[garde(custom(validation::line))]
    #[serde(default)]
    pub reference: String,
}
