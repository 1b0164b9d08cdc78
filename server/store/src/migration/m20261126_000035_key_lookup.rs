//! Keys are looked up by a column of their own, so that their texts can stay as another service wrote them.

use sea_orm::ConnectionTrait as _;
use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000035_key_lookup"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = text("key_lookup").default("").to_owned();
        manager.alter_table(Table::alter().table("licence_key").add_column(&mut column).to_owned()).await?;
        for sql in [
            // Until now texts were stored in the form by which they are looked up.
            "UPDATE licence_key SET key_lookup = key_text",
            "DROP INDEX uq_licence_key_product_id_key_text",
            "DROP INDEX ix_licence_key_key_text",
            "CREATE UNIQUE INDEX uq_licence_key_product_id_key_lookup ON licence_key (product_id, key_lookup)",
            "CREATE INDEX ix_licence_key_key_lookup ON licence_key (key_lookup)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
