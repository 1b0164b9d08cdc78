use super::{Change, ItemParams};
use crate::Metadata;
use serde::Serialize;

/// What an invoice would say if a subscription were changed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PreviewInvoice {
    /// Who would pay.
    pub customer: Option<String>,
    /// The subscription to be changed; `None` for one that does not exist yet.
    pub subscription: Option<String>,
    /// The change.
    pub subscription_details: PreviewDetails,
}

/// The change of a preview.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PreviewDetails {
    /// Items as they would be sent with the change.
    pub items: Vec<ItemParams>,
    /// `create_prorations`, `always_invoice` or `none`.
    pub proration_behavior: Option<String>,
    /// The second the change would take effect; send the same with the change itself.
    pub proration_date: Option<i64>,
    /// A planned end, or none.
    pub cancel_at: Option<Change<i64>>,
}

/// How to pay an open invoice.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayInvoice {
    /// Another card than the customer's default.
    pub payment_method: Option<String>,
    /// Whether it was paid elsewhere.
    pub paid_out_of_band: Option<bool>,
}

/// Money to give back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreateRefund {
    /// `ch_…`, unless `payment_intent` is named.
    pub charge: Option<String>,
    /// `pi_…`, unless `charge` is named.
    pub payment_intent: Option<String>,
    /// Minor units; all that is left when `None`.
    pub amount: Option<i64>,
    /// `duplicate`, `fraudulent` or `requested_by_customer`.
    pub reason: Option<String>,
    /// The refund's own metadata.
    pub metadata: Metadata,
}
