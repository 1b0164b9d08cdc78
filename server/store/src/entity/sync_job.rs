//! Which Stripe objects wait to be fetched and converged; signals are coalesced here.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: i64,
    /// `subscription`, `customer`, `catalog`, `checkout`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stripe_id: String,
    pub wanted: i64,
    pub done: i64,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub next_at: i64,
    pub lease_until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
