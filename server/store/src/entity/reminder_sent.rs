//! A reminder that was sent: once per subscription, what it is about, and step.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder_sent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: i64,
    /// A word of `ReminderKind`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// What it is about: when the trial, the period or the contract ends.
    #[sea_orm(primary_key, auto_increment = false)]
    pub moment: i64,
    /// Days from the moment; negative before it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: i64,
    pub sent_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
