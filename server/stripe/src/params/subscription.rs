use super::Change;
use crate::Metadata;
use serde::Serialize;

/// One item to change, add or drop. Without `id` Stripe **adds** an item.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ItemParams {
    /// `si_…` of the item meant.
    pub id: Option<String>,
    /// Its new price.
    pub price: Option<String>,
    /// Its new quantity.
    pub quantity: Option<u64>,
    /// Drops it.
    pub deleted: Option<bool>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
}

/// Changes to a subscription.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdateSubscription {
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
    /// Items to change, add or drop; the others stay.
    pub items: Vec<ItemParams>,
    /// `create_prorations`, `always_invoice` or `none`.
    pub proration_behavior: Option<String>,
    /// The second the change takes effect, as previewed.
    pub proration_date: Option<i64>,
    /// `allow_incomplete`, `pending_if_incomplete`, `error_if_incomplete` or `default_incomplete`.
    pub payment_behavior: Option<String>,
    /// Plans the end with the period, or takes it back.
    pub cancel_at_period_end: Option<bool>,
    /// Plans the end at a second, or takes it back. Not together with `cancel_at_period_end`.
    pub cancel_at: Option<Change<i64>>,
    /// Puts invoices aside, or goes on.
    pub pause_collection: Option<Change<PauseCollectionParams>>,
    /// When the trial ends: seconds since 1970.
    pub trial_end: Option<i64>,
    /// The card to use.
    pub default_payment_method: Option<String>,
    /// References to expand in the answer.
    pub expand: Vec<String>,
}

/// How invoices are put aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PauseCollectionParams {
    /// `void`, `keep_as_draft` or `mark_uncollectible`.
    pub behavior: String,
    /// When it goes on by itself, seconds since 1970.
    pub resumes_at: Option<i64>,
}

/// How to end a subscription at once.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CancelSubscription {
    /// Whether to invoice what is outstanding.
    pub invoice_now: Option<bool>,
    /// Whether to credit the unused time.
    pub prorate: Option<bool>,
}

/// How to pause a subscription (status `paused`, flexible billing mode).
#[derive(Debug, Clone, Default, Serialize)]
pub struct PauseSubscription {
    /// `invoice` or `pending_invoice_item`.
    pub invoicing_behavior: Option<String>,
}

/// How to resume a paused subscription.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ResumeSubscription {
    /// `always_invoice`, `create_prorations` or `none`.
    pub proration_behavior: Option<String>,
    /// `resume_on_payment_attempt` or `resume_on_payment_success`.
    pub payment_behavior: Option<String>,
}

/// Changes to one item of a subscription.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdateSubscriptionItem {
    /// Its new price.
    pub price: Option<String>,
    /// Its new quantity.
    pub quantity: Option<u64>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
    /// `create_prorations`, `always_invoice` or `none`.
    pub proration_behavior: Option<String>,
}
