//! A machine that a licence key was activated on, or a floating seat that it took.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key_id: i64,
    pub machine_code: String,
    /// A lease rather than a lock; both are counted by themselves.
    pub floating: bool,
    /// A lease beyond the machine limit.
    pub overdraft: bool,
    pub friendly_name: String,
    pub ip: String,
    /// What the program says about its system.
    pub os_info: String,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
    /// Of a lease: when it ends unless it is renewed.
    pub lease_until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
