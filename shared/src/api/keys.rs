//! Licence keys as staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    api::common::Actor,
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    status::KeyStatus,
    time::Timestamp,
    validation,
};

/// A row of a product's keys (`GET /products/{id}/keys`) or of all keys (`GET /keys`). Sortable: `id`,
/// `created`, `expires`. Filterable: `id`, `key`, `customer.name`, `customer.id`, `created`, `expires`,
/// `blocked`, `notes`, `f1` … `f8`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyRow {
    pub global_id: KeyGlobalId,
    /// Numbered per product: `skm_key_id`, what `Id=` finds.
    pub id: i64,
    pub product: ProductId,
    pub product_name: String,
    pub key: String,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub status: KeyStatus,
    pub created: Timestamp,
    /// Includes grace. Absent: never.
    pub expires: Option<Timestamp>,
    /// 0: not locked to machines.
    pub max_machines: i64,
    /// How many it is locked to; floating seats do not count.
    pub machines: i64,
    /// Stripe bills it.
    pub from_stripe: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceKey {
    pub row: KeyRow,
    /// F1 to F8.
    pub features: Vec<bool>,
    pub feature_names: Vec<String>,
    pub notes: String,
    /// Machine codes, one per line; empty: any machine.
    pub allowed_machines: String,
    pub period_days: i64,
    pub trial_activation: bool,
    /// Whether it was activated at least once.
    pub activated: bool,
    /// The reseller's name.
    pub reseller: Option<String>,
    /// `staff`, `stripe`, `api`, `import`.
    pub source: String,
    /// `staff`, `billing`, `scheduler`, `re_issue`.
    pub block_source: Option<String>,
    /// The key that this one was re-issued for.
    pub replaces: Option<KeyGlobalId>,
    /// The key that was re-issued for this one.
    pub replaced_by: Option<KeyGlobalId>,
    pub subscription: Option<SubscriptionId>,
    pub stripe_subscription_url: Option<String>,
    pub version: i64,
}

/// Make a key by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddKey {
    #[garde(skip)]
    pub customer: Option<CustomerId>,
    /// Days from now; 0: the key never expires.
    #[garde(range(min = 0, max = 36_500))]
    pub period_days: i64,
    /// F1 to F8.
    #[garde(length(min = 8, max = 8))]
    pub features: Vec<bool>,
    #[garde(range(min = 0, max = 1_000_000))]
    pub max_machines: i64,
    #[garde(skip)]
    pub trial_activation: bool,
    #[garde(length(chars, max = 500))]
    pub notes: String,
    /// Machine codes, one per line; empty: any machine.
    #[garde(length(chars, max = 10_000))]
    #[serde(default)]
    pub allowed_machines: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditKey {
    /// Absent: nobody's.
    #[garde(skip)]
    pub customer: Option<CustomerId>,
    /// Absent: never expires.
    #[garde(skip)]
    pub expires: Option<Timestamp>,
    #[garde(length(min = 8, max = 8))]
    pub features: Vec<bool>,
    #[garde(range(min = 0, max = 1_000_000))]
    pub max_machines: i64,
    #[garde(length(chars, max = 500))]
    pub notes: String,
    /// Machine codes, one per line; empty: any machine. Absent: stays.
    #[garde(length(chars, max = 10_000))]
    #[serde(default)]
    pub allowed_machines: Option<String>,
    #[garde(skip)]
    pub version: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlockKey {
    #[garde(skip)]
    pub blocked: bool,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// Have a key re-issued that got into the wrong hands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReissueKey {
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
    /// Whether the machines go over to the new key; absent: as the settings say.
    #[garde(skip)]
    #[serde(default)]
    pub machines: Option<bool>,
}

/// What happened to a key, the latest first, at most 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyHistory {
    pub events: Vec<KeyEvent>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyEvent {
    pub at: Timestamp,
    pub actor: Actor,
    /// Stable word, e.g. `key_created`, `key_blocked`, `machine_removed`.
    pub kind: String,
    /// One sentence.
    pub text: String,
    /// Why, in the words of who did it; may be empty.
    pub reason: String,
    /// How the key stood before and after, where the event changed that.
    pub before: Option<KeyState>,
    pub after: Option<KeyState>,
}

/// What can be changed about a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyState {
    pub expires: Option<Timestamp>,
    /// F1 to F8.
    pub features: Vec<bool>,
    pub max_machines: i64,
    pub notes: String,
}
