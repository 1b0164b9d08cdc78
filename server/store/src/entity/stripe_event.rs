//! The inbox: each event once per account.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    pub kind: String,
    pub api_version: Option<String>,
    pub live: bool,
    pub object_id: Option<String>,
    pub stripe_customer: Option<String>,
    pub stripe_subscription: Option<String>,
    pub payload: String,
    /// `pending`, `done`, `ignored`, `dead`.
    pub status: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub stripe_created_at: i64,
    pub received_at: i64,
    pub next_at: i64,
    pub lease_until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
