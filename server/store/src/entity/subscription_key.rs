//! The key of a licensed product in a subscription: unique, so that no second one is made.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: i64,
    pub key_id: i64,
    /// Written back to Stripe.
    pub written_back_at: Option<i64>,
    pub created_at: i64,
    /// The numbers at Stripe that a person decided against, as `skm_key_id/skm_key_globalid`: these, and no
    /// others, may be written over.
    pub overrules: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
