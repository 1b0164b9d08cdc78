//! "Needs attention": what Latchkey could not heal by itself, and what a person can do about it.

use serde::{Deserialize, Serialize};

use crate::{
    api::{common::Actor, subscriptions::SubscriptionKey},
    attention::{AttentionAction, AttentionCode},
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    money::Money,
    time::Timestamp,
    validation,
};

/// A row of the list. Sortable: `since`, `seen`, `amount`. Filterable: `id`, `state` (`open`, `resolved`),
/// `code`, `customer.id`, `subscription.id`, `stripe_id`, `since`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttentionRow {
    pub id: i64,
    pub code: AttentionCode,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub subscription: Option<SubscriptionId>,
    /// `sub_…` or `cus_…`.
    pub stripe_id: Option<String>,
    /// Its page in Stripe's dashboard.
    pub stripe_url: Option<String>,
    /// What exactly is wrong, in words.
    pub detail: String,
    /// Money that was taken and may be owed back.
    pub at_stake: Option<Money>,
    /// When it was found first.
    pub since: Timestamp,
    /// When it was last found so.
    pub seen: Timestamp,
    pub times_seen: i64,
    /// When Latchkey looks again by itself, as far as that is planned; absent once it is resolved.
    pub next_try: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    /// `healed`, `ignored`, or the action that ended it.
    pub resolution: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attention {
    pub row: AttentionRow,
    /// What can be done now, the likeliest first; nothing once it is resolved.
    pub actions: Vec<AttentionAction>,
    /// What Latchkey and people tried, the latest first.
    pub tried: Vec<Tried>,
    /// The keys that the subscription has.
    pub keys: Vec<SubscriptionKey>,
    /// The product whose key is missing, as far as it is known; what "Issue key now" begins with.
    pub product: Option<ProductId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tried {
    pub at: Timestamp,
    /// Absent: Latchkey by itself.
    pub by: Option<Actor>,
    /// One sentence.
    pub text: String,
}

/// A decision with nothing to it but its reason.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Decide {
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// Make the missing key by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueKey {
    #[garde(skip)]
    pub product: Option<ProductId>,
    /// F1 to F8.
    #[garde(length(min = 8, max = 8))]
    pub features: Vec<bool>,
    #[garde(range(min = 0, max = 1_000_000))]
    pub max_machines: i64,
    /// Where the subscription is over: until when the key works.
    #[garde(skip)]
    #[serde(default)]
    pub expires: Option<Timestamp>,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// Say which key that exists already is the subscription's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkKey {
    #[garde(skip)]
    pub key: KeyGlobalId,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// Say which customer the Stripe customer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkCustomer {
    #[garde(skip)]
    pub customer: CustomerId,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}
