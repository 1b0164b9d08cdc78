//! Who did what.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    /// `staff`, `portal`, `api`, `stripe`, `scheduler`, `import`, `system`.
    pub source: String,
    pub actor_id: Option<i64>,
    pub actor_name: Option<String>,
    /// E.g. `customer_created`.
    pub action: String,
    /// `customer`, `key`, `product`, …
    pub subject_kind: String,
    pub subject_id: i64,
    /// The customer in whose timeline it shows.
    pub customer_id: Option<i64>,
    /// One sentence.
    pub text: String,
    pub before: Option<Json>,
    pub after: Option<Json>,
    pub reason: String,
    pub ip: String,
}

impl ActiveModelBehavior for ActiveModel {}
