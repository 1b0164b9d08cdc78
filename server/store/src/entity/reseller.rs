//! Somebody who sells licence keys for the vendor.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reseller")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub url: String,
    pub email: String,
    pub phone: String,
    pub description: String,
    /// No longer offered; keys still name it.
    pub removed: bool,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
