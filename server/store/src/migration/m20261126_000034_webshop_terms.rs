//! Terms of use that a webshop names for its own customers.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000034_webshop_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["terms_url", "terms_version"] {
            let mut column = text(column).default("").to_owned();
            manager.alter_table(Table::alter().table("webshop").add_column(&mut column).to_owned()).await?;
        }
        Ok(())
    }
}
