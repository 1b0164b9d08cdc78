//! A sign-in of staff or a portal user on one device.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// SHA-256 of the cookie's token.
    pub token_hash: Vec<u8>,
    /// `staff` or `portal`.
    pub kind: String,
    /// Staff or user id.
    pub subject_id: i64,
    /// Portal: the chosen customer.
    pub customer_id: Option<i64>,
    pub ip: String,
    pub user_agent: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub expires_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
