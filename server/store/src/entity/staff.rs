//! A person working for the vendor.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub email: String,
    pub name: String,
    /// `owner`, `admin`, `support`, `viewer`.
    pub role: String,
    /// PHC string; absent until the invitation is accepted.
    pub password_hash: Option<String>,
    pub disabled: bool,
    pub created_at: i64,
    pub last_seen_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
