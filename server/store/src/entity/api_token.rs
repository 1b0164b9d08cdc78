//! An access token; only the hash of its secret is kept.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub secret_hash: Vec<u8>,
    /// JSON array of scope names; `["*"]` is every scope.
    pub scopes: Json,
    pub product_lock: Option<i64>,
    pub key_lock: Option<i64>,
    pub feature_lock: Option<i64>,
    pub expires_at: Option<i64>,
    pub last_used_at: Option<i64>,
    pub revoked_at: Option<i64>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
