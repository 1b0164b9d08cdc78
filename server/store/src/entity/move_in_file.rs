//! A file that waits to be moved in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "move_in_file")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub bytes: Vec<u8>,
    pub size: i64,
    /// How many of each kind are in it, as JSON.
    pub rows: Json,
    /// Why it cannot be read.
    pub problem: Option<String>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
