//! A purchase begun in the portal.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkout")]
pub struct Model {
    /// Random; names the purchase in addresses.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub customer_id: i64,
    pub user_id: i64,
    pub account_id: i64,
    pub product_id: i64,
    pub plan_id: i64,
    /// `cs_…`
    pub session_id: Option<String>,
    pub url: Option<String>,
    pub subscription_id: Option<i64>,
    /// Stripe's page with the first invoice.
    pub receipt_url: Option<String>,
    /// `open`, `paid`, `complete`, `expired`, `failed`.
    pub status: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
