use crate::Metadata;
use serde::Serialize;

/// A new product.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreateProduct {
    /// Name for customers.
    pub name: String,
    /// Longer text for customers.
    pub description: Option<String>,
    /// Whether it can be bought; Stripe's default is yes.
    pub active: Option<bool>,
    /// The metadata contract's place.
    pub metadata: Metadata,
}

/// Changes to a product.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdateProduct {
    /// Name for customers.
    pub name: Option<String>,
    /// Longer text for customers; empty removes it.
    pub description: Option<String>,
    /// Whether it can be bought.
    pub active: Option<bool>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
}

/// A new price. Amounts cannot be changed afterwards.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreatePrice {
    /// `prod_…`
    pub product: String,
    /// Lower-case ISO currency.
    pub currency: String,
    /// Minor units.
    pub unit_amount: i64,
    /// How often; `None` for one payment.
    pub recurring: Option<RecurringParams>,
    /// Name of the price.
    pub nickname: Option<String>,
    /// `inclusive`, `exclusive` or `unspecified`.
    pub tax_behavior: Option<String>,
    /// The metadata contract's place.
    pub metadata: Metadata,
}

/// How often a price is charged.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecurringParams {
    /// `day`, `week`, `month` or `year`.
    pub interval: String,
    /// Every so many intervals.
    pub interval_count: Option<u32>,
    /// With how many days of trial a subscription to it can begin.
    pub trial_period_days: Option<u32>,
}

/// Changes to a price.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdatePrice {
    /// Whether it can be bought.
    pub active: Option<bool>,
    /// Name of the price.
    pub nickname: Option<String>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
}
