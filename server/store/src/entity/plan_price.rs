//! What an offline plan costs in a currency; Stripe's plans have their one price themselves.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: String,
    /// Minor units for one length of the plan.
    pub amount: i64,
}

impl ActiveModelBehavior for ActiveModel {}
