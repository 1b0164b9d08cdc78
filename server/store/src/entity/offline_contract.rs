//! What is known of a subscription that no payment provider bills. One row per such subscription.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "offline_contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: i64,
    pub currency: String,
    /// The time that is paid for without a gap, and how many of the plan's lengths it is.
    pub term_start: i64,
    pub term_end: i64,
    pub lengths: i64,
    /// Where the plan's lengths are counted from.
    pub anchor_at: i64,
    /// By plan: `{"7": {"paid": 1900, "from": 1790000000000, "tax": 190000, "inclusive": true}}`, where `tax` is the
    /// rate that it was paid with, in millionths.
    pub paid: Json,
    pub paused_at: Option<i64>,
    /// What staff gave beyond the term.
    pub extended_until: Option<i64>,
    /// How the last payment came in: `bank_transfer`, `cash`, `free`.
    pub paid_by: String,
    /// The last payment's reference.
    pub reference: String,
    /// By plan, what this customer pays in place of its price: `{"7": 1500}`, minor units.
    pub own_prices: Option<Json>,
    /// At its end it is renewed from the balance.
    pub auto_renew: bool,
    /// When that is tried next; none where it is not, or no more.
    pub renews_at: Option<i64>,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
