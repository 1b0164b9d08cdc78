//! The outbox: what leaves the process, enqueued in the transaction that needs it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `mail`, `stripe_write_back`, …
    pub kind: String,
    /// At most one unfinished job per key.
    pub dedup_key: Option<String>,
    pub payload: Json,
    /// `ready`, `done`, `parked`.
    pub status: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub run_at: i64,
    pub lease_until: Option<i64>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
