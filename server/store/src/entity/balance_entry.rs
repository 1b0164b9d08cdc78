//! A movement of a customer's balance. The balance is their sum, per currency.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "balance_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub subscription_id: Option<i64>,
    pub currency: String,
    /// Minor units; negative where it was used.
    pub amount: i64,
    pub text: String,
    pub source: String,
    pub actor_name: Option<String>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
