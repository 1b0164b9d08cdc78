//! What is sold.

use latchkey_shared::product_kind::ProductKind;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub description: String,
    /// `base` or `extra`.
    pub kind: String,
    pub active: bool,
    pub grace_days: i64,
    /// JSON array of eight names.
    pub feature_names: Json,
    pub signing_key_id: i64,
    /// An hourly job blocks keys that have expired.
    pub blocks_expired: bool,
    /// The features that limit a key in time, a bit each: only keys with one of them are blocked so. None: every key is.
    pub limiting_features: i64,
    /// The next key's per-product id.
    pub next_key_id: i64,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Whether it comes with a base product and is not sold alone.
    pub fn is_extra(&self) -> bool {
        self.kind == ProductKind::Extra.as_str()
    }
}
