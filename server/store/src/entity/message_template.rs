//! A message in the vendor's own words; without a row it is Latchkey's.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_template")]
pub struct Model {
    /// A word of `TemplateKind`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub changed_by: Option<String>,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
