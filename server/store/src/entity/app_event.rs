//! Something a program reported through `RegisterEvent`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub token_id: Option<i64>,
    pub product_id: Option<i64>,
    pub key_id: Option<i64>,
    pub machine_code: String,
    pub feature_name: String,
    pub event_name: String,
    pub value: i64,
    pub currency: String,
    pub metadata: String,
}

impl ActiveModelBehavior for ActiveModel {}
