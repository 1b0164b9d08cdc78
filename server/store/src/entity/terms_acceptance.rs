//! An acceptance of the terms of use.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "terms_acceptance")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub user_id: i64,
    /// `vendor` or `webshop:{id}`.
    pub scope: String,
    pub url: String,
    pub version: String,
    pub ip: String,
    pub user_agent: String,
    pub accepted_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
