//! Mirror of a Stripe price.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stripe_id: String,
    pub stripe_product: String,
    pub nickname: String,
    pub active: bool,
    pub currency: String,
    pub unit_amount: Option<i64>,
    /// Absent: one-time.
    pub interval_unit: Option<String>,
    pub interval_count: i64,
    /// `licensed` or `metered`.
    pub usage_type: String,
    /// `per_unit`, `tiered`, or what else makes it unfit: `packages`, `custom_amount`, `fraction`.
    pub billing_scheme: String,
    pub trial_days: i64,
    /// Metadata `skm`, as it stands there.
    pub skm: Option<String>,
    pub fetched_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
