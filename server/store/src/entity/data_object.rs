//! Name, string and integer attached to something.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_object")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// 0 vendor, 1 product, 2 key (global id), 3 a machine of a key.
    pub ref_type: i64,
    pub ref_id: i64,
    /// Of a machine of a key; empty otherwise.
    pub machine_code: String,
    pub name: String,
    pub string_value: String,
    pub int_value: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
