use latchkey_shared::time::Timestamp;

use crate::stripe_status::StripeStatus;

/// A Stripe subscription, as far as it matters for what the customer may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub status: StripeStatus,
    /// When it began; what a key is given that nothing has been paid for.
    pub started_at: Timestamp,
    /// From [`crate::paid_through::paid_through`].
    pub paid_through: Option<Timestamp>,
    /// Of the base item.
    pub current_period_end: Option<Timestamp>,
    /// Also of a trial that is over.
    pub trial_end: Option<Timestamp>,
    /// On the subscription, or the customer's default.
    pub has_payment_method: bool,
    pub collection_paused: Option<PausedCollection>,
    pub cancel_at: Option<Timestamp>,
    pub cancel_at_period_end: bool,
    pub ended_at: Option<Timestamp>,
}

/// `pause_collection`: Stripe goes on counting periods, but takes no money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PausedCollection {
    pub resumes_at: Option<Timestamp>,
}

/// The vendor's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Of the product.
    pub grace_days: u32,
    /// What staff or a program promised for this key.
    pub extended_until: Option<Timestamp>,
    pub paused_collection: PausedCollectionPolicy,
}

/// What a customer has while Stripe takes no money from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PausedCollectionPolicy {
    /// Everything, as Stripe means it.
    #[default]
    Keep,
    /// Nothing until it resumes.
    Suspend,
}
