//! Products and plans.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{PlanId, ProductId},
    money::Money,
    product_kind::ProductKind,
    time::Timestamp,
    validation,
};

/// A row of the list. Sortable: `id`, `name`, `created`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub kind: ProductKind,
    pub active: bool,
    pub plans: i64,
    pub keys: i64,
    pub active_keys: i64,
    pub created: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    pub description: String,
    pub kind: ProductKind,
    pub active: bool,
    /// Days a key goes on working after what was paid for.
    pub grace_days: i64,
    /// Names of F1 to F8; empty where unnamed.
    pub feature_names: Vec<String>,
    pub created: Timestamp,
    pub version: i64,
    pub plans: Vec<Plan>,
    pub keys: i64,
}

/// How long and how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    pub id: PlanId,
    pub product: ProductId,
    pub product_name: String,
    pub name: String,
    pub price: Money,
    pub interval: Interval,
    pub trial_days: i64,
    /// What the key allows, in words.
    pub includes: Vec<String>,
    /// Mirrors this Stripe price.
    pub stripe_price: Option<String>,
    /// The price's page in Stripe's dashboard.
    pub stripe_url: Option<String>,
    pub offered: bool,
}

/// `count` units, e.g. 3 months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interval {
    pub unit: IntervalUnit,
    pub count: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IntervalUnit {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddProduct {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub description: String,
    #[garde(skip)]
    #[serde(default)]
    pub kind: ProductKind,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditProduct {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::notes))]
    pub description: String,
    /// Absent: as before. Only while no subscription has it.
    #[garde(skip)]
    #[serde(default)]
    pub kind: Option<ProductKind>,
    #[garde(skip)]
    pub active: bool,
    #[garde(range(min = 0, max = 365))]
    pub grace_days: i64,
    /// Eight names.
    #[garde(length(min = 8, max = 8), inner(custom(validation::line)))]
    pub feature_names: Vec<String>,
    #[garde(skip)]
    pub version: i64,
}
