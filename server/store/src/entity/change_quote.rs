//! A preview that may be committed, while it holds.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "change_quote")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub subscription_id: i64,
    /// Who asked: `staff`, `portal`, `api`. A customer cannot commit what staff were quoted.
    pub source: String,
    /// What was asked for, as JSON of `AskChange`.
    pub request: Json,
    /// The moment it was computed for; the commit computes for the same.
    pub as_of: i64,
    /// Of all that was shown.
    pub digest: String,
    /// `open`, `sent` (Stripe is being told), `done`.
    pub state: String,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
