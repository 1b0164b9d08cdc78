//! A message that programs fetch from a channel.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_message")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub channel: String,
    pub content: String,
    /// Milliseconds; the wire has seconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
