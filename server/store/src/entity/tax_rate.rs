//! A rate of tax on what is billed offline.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rate")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// Hundredths of a percent: 1 900 is 19 %.
    pub hundredths: i64,
    /// ISO code of the customers it is for; empty: of none by itself, as for the default.
    pub country: String,
    /// Prices have it in them; otherwise it comes on top.
    pub inclusive: bool,
    pub active: bool,
    /// For customers whose country has none. At most one is.
    pub is_default: bool,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
