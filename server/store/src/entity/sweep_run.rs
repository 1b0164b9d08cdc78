//! What a sweep did, or is doing.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sweep_run")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `local`, `recent`, `full`, `missed_events`, `catalogue`.
    pub sweep: String,
    /// `schedule`, `start`, `button`, `command`.
    pub cause: String,
    /// `running`, `done`, `failed`.
    pub state: String,
    pub looked_at: i64,
    pub found: i64,
    /// The last Stripe object that was looked at: where a run that was broken off goes on.
    pub position: Option<String>,
    /// What it did, or why it failed, for people.
    pub words: String,
    pub started_at: i64,
    pub updated_at: i64,
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
