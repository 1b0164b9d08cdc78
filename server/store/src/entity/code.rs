//! A one-time code sent to somebody: invitation, reset, proof of an address.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "code")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `owner_setup`, `staff_invitation`, `staff_reset`, `portal_reset`, `sign_up`, `email_change`.
    pub kind: String,
    /// SHA-256 of what was sent (for six digits: with `handle` before it).
    pub code_hash: Vec<u8>,
    /// SHA-256 of the handle that the browser keeps, for six-digit codes.
    pub handle_hash: Option<Vec<u8>>,
    /// Staff or user id, where there is one.
    pub subject_id: Option<i64>,
    /// What to do once proved.
    pub payload: Json,
    pub attempts: i64,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
