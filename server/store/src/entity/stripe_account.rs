//! A connected Stripe account; its key is the sealed secret `stripe/{id}/key`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `acct_…`
    pub stripe_id: String,
    pub name: String,
    pub live: bool,
    pub key_hint: String,
    pub restricted: bool,
    pub catalog_synced_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
