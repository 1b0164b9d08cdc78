use super::Metadata;
use crate::{
    Listed, Raw,
    raw::Expandable,
    tolerant::{identified, tolerant_object},
};

tolerant_object! {
    /// Something sold. `skm_product_id` in its metadata ties it to a product here.
    Product {
        /// `prod_…`
        id: String,
        /// Whether it can still be bought.
        active: bool,
        /// Name for customers.
        name: String,
        /// Longer text for customers.
        description: Option<String>,
        /// The price offered first.
        default_price: Option<Expandable<Price>>,
        /// Seconds since 1970.
        created: i64,
        /// False in a sandbox.
        livemode: bool,
        /// The metadata contract's place.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// What a product costs, and how often. `skm` in its metadata carries the licence parameters.
    Price {
        /// `price_…`
        id: String,
        /// Whether it can still be bought.
        active: bool,
        /// `per_unit` or `tiered`.
        billing_scheme: String,
        /// Lower-case ISO currency.
        currency: String,
        /// Name of the price, not shown to customers by Stripe.
        nickname: Option<String>,
        /// The product it belongs to.
        product: Option<Expandable<Product>>,
        /// `one_time` or `recurring`.
        kind: String = "type",
        /// How often, for recurring prices.
        recurring: Option<Recurring>,
        /// Minor units; `None` for tiered or fractional prices.
        unit_amount: Option<i64>,
        /// `inclusive`, `exclusive` or `unspecified`.
        tax_behavior: Option<String>,
        /// Stable name for looking it up.
        lookup_key: Option<String>,
        /// Seconds since 1970.
        created: i64,
        /// False in a sandbox.
        livemode: bool,
        /// The metadata contract's place.
        metadata: Metadata,
    }
}

tolerant_object! {
    /// How often a recurring price is charged.
    Recurring {
        /// `day`, `week`, `month` or `year`.
        interval: String,
        /// Every so many intervals.
        interval_count: i64,
        /// `licensed` (by quantity) or `metered`.
        usage_type: String,
        /// The meter that counts use, `mtr_…`, of metered prices.
        meter: Option<String>,
        /// Trial days of the price itself (old accounts).
        trial_period_days: Option<i64>,
    }
}

identified!(Product, Price);

impl Listed for Raw<Product> {
    const PATH: &'static str = "/v1/products";
}

impl Listed for Raw<Price> {
    const PATH: &'static str = "/v1/prices";
}
