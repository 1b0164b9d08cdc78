//! A reminder that was sent: once per subscription, kind, day that it is about, and step.

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
    /// The day on which the trial, the period or the contract ends, in days since 1970 of the vendor's calendar.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    /// How many days before or after it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step: i64,
    pub sent_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
