//! Which Stripe customer belongs to which customer, per account.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stripe_id: String,
    pub customer_id: i64,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
