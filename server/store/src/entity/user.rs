//! A sign-in identity on the customers' side.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_user")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    /// When the address was proved.
    pub email_proved_at: Option<i64>,
    pub created_at: i64,
    pub last_seen_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
