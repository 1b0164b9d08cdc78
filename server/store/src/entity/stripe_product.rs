//! Mirror of a Stripe product.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stripe_id: String,
    pub name: String,
    pub description: String,
    pub active: bool,
    /// Metadata `skm_product_id`, as it stands there.
    pub skm_product_id: Option<String>,
    pub deleted: bool,
    pub fetched_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
