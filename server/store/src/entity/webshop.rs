//! A webshop: what is sold, in which currency, through which Stripe account.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webshop")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// ISO 4217; none: every currency that there are prices in.
    pub currency: Option<String>,
    /// None: the first account.
    pub account_id: Option<i64>,
    /// Everything that is sold; otherwise the products of `webshop_product`.
    pub all_products: bool,
    pub active: bool,
    /// Terms of use of its own; empty: those of the vendor.
    pub terms_url: String,
    pub terms_version: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
