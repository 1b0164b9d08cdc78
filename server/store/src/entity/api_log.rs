//! A call of the licence Web API. Never holds tokens, passwords or secrets.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_log")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    /// `key/Activate`, …
    pub method: String,
    pub token_id: Option<i64>,
    pub product_id: Option<i64>,
    pub key_id: Option<i64>,
    pub machine_code: String,
    pub friendly_name: String,
    pub ip: String,
    pub succeeded: bool,
    /// Of HTTP.
    pub status: i64,
    /// Why it was refused; empty after a success.
    pub message: String,
}

impl ActiveModelBehavior for ActiveModel {}
