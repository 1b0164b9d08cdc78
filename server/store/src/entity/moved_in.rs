//! What was taken over from another licensing service, as it was there when it was last looked at.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "moved_in")]
pub struct Model {
    /// `product`, `customer`, `key`, `object`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Its id here, which is its id there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// JSON of what was read.
    pub content: String,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
