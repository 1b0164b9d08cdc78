//! A licence key.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "licence_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub product_id: i64,
    /// Numbered per product: `skm_key_id`.
    pub number: i64,
    /// As it was made, here or elsewhere.
    pub key_text: String,
    /// The form of `latchkey_shared::key_text::lookup_form`, by which it is found; unique per product.
    pub key_lookup: String,
    pub customer_id: Option<i64>,
    pub created_at: i64,
    pub expires_at: Option<i64>,
    /// Staff or an SDK extended until then; no sync takes it back.
    pub extended_until: Option<i64>,
    pub period_days: i64,
    pub f1: bool,
    pub f2: bool,
    pub f3: bool,
    pub f4: bool,
    pub f5: bool,
    pub f6: bool,
    pub f7: bool,
    pub f8: bool,
    pub max_machines: i64,
    /// Machine codes, one per line; where there are any, only these may activate.
    pub allowed_machines: String,
    /// `period_days` count from the activation and not from when the key was made.
    pub trial_activation: bool,
    pub first_activated_at: Option<i64>,
    /// The machine that a trial key was made for.
    pub trial_machine: Option<String>,
    pub reseller_id: Option<i64>,
    /// Which reminder was sent last: the expiry it was about, less its days.
    pub notice_sent_for: Option<i64>,
    pub blocked: bool,
    /// `staff`, `billing`, `scheduler`, `re_issue`.
    pub block_source: Option<String>,
    /// The key that this one was re-issued for.
    pub replaces: Option<i64>,
    pub notes: String,
    /// `staff`, `stripe`, `api`, `import`.
    pub source: String,
    pub version: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
