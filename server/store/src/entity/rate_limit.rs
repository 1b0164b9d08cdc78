//! Counts tries per action and account or address; survives a restart.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_limit")]
pub struct Model {
    /// `action:sha256(subject)`
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    /// Start of the window, milliseconds.
    pub window_start: i64,
    pub count: i64,
}

impl ActiveModelBehavior for ActiveModel {}
