//! A block of a log of use that was counted: it is not counted again.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_log_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: i64,
    /// SHA-256 over the block, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub counted_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
