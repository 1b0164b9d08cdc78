//! When the full sweep last saw a subscription in Stripe's list.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sweep_listed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: i64,
    pub listed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
