//! A user name and password that the vendor's programs sign in with; it opens no portal.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub username: String,
    /// The user name in lower case.
    pub lookup: String,
    pub email: String,
    pub password_hash: String,
    pub customer_id: Option<i64>,
    pub reset_hash: Option<Vec<u8>>,
    pub reset_expires_at: Option<i64>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
