//! A product that a webshop sells.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webshop_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub webshop_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
