//! An item of a subscription.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription_item")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub subscription_id: i64,
    /// `si_…`
    pub stripe_id: Option<String>,
    pub stripe_price: Option<String>,
    pub plan_id: Option<i64>,
    pub product_id: Option<i64>,
    pub product_name: String,
    pub plan_name: String,
    pub quantity: i64,
    pub currency: String,
    pub amount: i64,
    pub interval_unit: Option<String>,
    pub interval_count: i64,
    pub period_end: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
