//! Subscriptions as staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    api::catalog::Interval,
    ids::{CustomerId, KeyGlobalId, SubscriptionId},
    money::Money,
    status::SubscriptionStatus,
    time::Timestamp,
};

/// A row of the list. Sortable: `id`, `created`, `paid_through`. Filterable: `status`, `customer.id`,
/// `customer.name`, `stripe_id`, `paid_through`, `created`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionRow {
    pub id: SubscriptionId,
    pub customer: CustomerId,
    pub customer_name: String,
    pub plan_name: String,
    pub product_name: String,
    pub status: SubscriptionStatus,
    /// Of everything in it.
    pub price: Option<Money>,
    pub interval: Option<Interval>,
    /// How many of the plan.
    pub quantity: i64,
    /// What is in it besides, such as `Voice Pack` or `Voice Pack × 3`.
    pub extras: Vec<String>,
    /// What is paid for ends here.
    pub paid_through: Option<Timestamp>,
    /// Staff gave it time: until then it works whatever is paid.
    pub extended_until: Option<Timestamp>,
    pub trial_ends: Option<Timestamp>,
    /// Set: it ends then.
    pub cancels_at: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    pub created: Timestamp,
    pub stripe_id: Option<String>,
    /// Its page in Stripe's dashboard.
    pub stripe_url: Option<String>,
    pub keys: Vec<SubscriptionKey>,
    /// Charged, and the key is not there yet.
    pub key_pending: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionKey {
    pub global_id: KeyGlobalId,
    pub id: i64,
    pub key: String,
}
