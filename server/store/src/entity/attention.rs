//! What Latchkey could not heal by itself.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attention")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// One open row per key: `code:account:object`.
    pub dedup_key: String,
    pub code: String,
    pub account_id: Option<i64>,
    pub stripe_id: Option<String>,
    pub customer_id: Option<i64>,
    pub subscription_id: Option<i64>,
    pub detail: String,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
    pub resolved_at: Option<i64>,
    /// `ignored`, `healed`, or the action that ended it.
    pub resolution: Option<String>,
    /// How often the same was found.
    pub times_seen: i64,
    /// Money that was taken and may be owed back, minor units.
    pub amount: Option<i64>,
    pub currency: Option<String>,
    /// When staff were written to.
    pub announced_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
