//! When customers are reminded of something; without a row the defaults hold.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_rule")]
pub struct Model {
    /// A word of `ReminderKind`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub enabled: bool,
    /// Days before, or after what has happened: `7, 3, 0`.
    pub days: String,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
