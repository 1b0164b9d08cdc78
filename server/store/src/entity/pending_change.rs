//! A change that waits for its day. One per subscription.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription_id: i64,
    pub due_at: i64,
    /// What was asked for, as JSON of `AskChange`.
    pub request: Json,
    /// In words.
    pub text: String,
    /// Who asked: `staff`, `portal`, `api`.
    pub source: String,
    pub actor_name: Option<String>,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
