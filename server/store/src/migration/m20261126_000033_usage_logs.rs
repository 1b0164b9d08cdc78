//! Which blocks of uploaded logs of use were counted.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000033_usage_logs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("usage_log_block")
            .col(big_integer("key_id"))
            .col(string("hash"))
            .col(big_integer("counted_at"))
            .primary_key(Index::create().col("key_id").col("hash"))
            .foreign_key(ForeignKey::create().from("usage_log_block", "key_id").to("licence_key", "id"))
            .to_owned();
        manager.create_table(table).await
    }
}
