//! A dry run or an import of the files that wait.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "move_in_run")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dry_run: bool,
    /// `running`, `done`, `failed`.
    pub state: String,
    pub done: i64,
    pub total: i64,
    /// What came of it, as JSON.
    pub report: Json,
    /// Why it failed.
    pub words: String,
    pub started_at: i64,
    pub updated_at: i64,
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
