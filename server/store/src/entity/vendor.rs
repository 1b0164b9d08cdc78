//! The vendor: one row, id 1.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vendor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub name: String,
    pub description: String,
    pub domain: String,
    pub website: String,
    pub support_email: String,
    pub accent: Option<String>,
    pub time_zone: String,
    pub sign_up_enabled: bool,
    /// Goes into the sign-up link's code; rotating counts it up.
    pub sign_up_generation: i64,
    pub sign_up_rotated_at: Option<i64>,
    /// Version label of the terms; the URL is the data object.
    pub terms_version: String,
    pub terms_changed_at: Option<i64>,
    pub mail_from: String,
    /// Marks a database that `latchkey demo` made.
    pub demo: bool,
    /// Whether the licence Web API takes GET, which puts tokens into addresses.
    pub web_api_get: bool,
    /// Which status refusals have: `mixed`, `ok`, `error`.
    pub web_api_status: String,
    /// How long the log of the licence Web API is kept.
    pub web_api_log_days: i64,
    /// How long the events are kept that programs report.
    pub app_event_days: i64,
    /// Every customer may take machines off their keys; otherwise those may whose record says so.
    pub customers_remove_machines: bool,
    /// How many keys a customer may have re-issued within a day; 0: none.
    pub customer_reissues_per_day: i64,
    /// A re-issued key has the machines of the old one.
    pub reissue_moves_machines: bool,
    /// What customers may do to their subscriptions themselves.
    pub customers_upgrade: bool,
    pub customers_downgrade: bool,
    pub customers_cancel: bool,
    /// What a refund of all that was paid does to the licence: a word of `RefundThen`.
    pub full_refund: String,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
