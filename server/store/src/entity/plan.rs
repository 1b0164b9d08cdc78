//! How long and how much; a Stripe-billed plan mirrors a Stripe price.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub product_id: i64,
    pub account_id: Option<i64>,
    pub stripe_price: Option<String>,
    pub name: String,
    pub currency: String,
    pub amount: i64,
    /// `day`, `week`, `month`, `year`.
    pub interval_unit: String,
    pub interval_count: i64,
    pub trial_days: i64,
    /// The `skm` JSON, as it stands in Stripe.
    pub key_params: String,
    pub offered: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
