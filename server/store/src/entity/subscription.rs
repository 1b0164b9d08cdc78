//! A customer's contract; Stripe-billed ones mirror Stripe's subscription.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub customer_id: i64,
    pub account_id: Option<i64>,
    pub stripe_id: Option<String>,
    /// The status shown, of the subscription axis.
    pub status: String,
    /// Stripe's own word.
    pub stripe_status: Option<String>,
    pub paid_through: Option<i64>,
    pub trial_ends_at: Option<i64>,
    /// On trial, and Stripe has no card to charge when it ends.
    pub needs_card: bool,
    pub cancels_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// Charged (or in trial) and a key still missing, since then.
    pub key_pending_since: Option<i64>,
    /// `pause_collection` behaviour and resume date, JSON.
    pub pause: Option<Json>,
    /// Metadata as last fetched.
    pub metadata: Json,
    pub fetched_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
