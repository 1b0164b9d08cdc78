//! A webhook endpoint; its secrets are `stripe/endpoint/{id}/secret` and `…/previous`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stripe_endpoint")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    /// The last part of its address; the default endpoint answers the bare path too.
    pub slug: String,
    pub is_default: bool,
    /// `we_…` where Latchkey made it.
    pub stripe_id: Option<String>,
    pub url: String,
    pub api_version: Option<String>,
    pub live: bool,
    pub last_received_at: Option<i64>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
