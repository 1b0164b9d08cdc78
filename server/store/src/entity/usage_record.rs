//! Use of a key that is charged for, as recorded by `RecordUsage`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_record")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key_id: i64,
    pub amount: i64,
    pub recorded_at: i64,
    /// When billing told Stripe.
    pub reported_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
