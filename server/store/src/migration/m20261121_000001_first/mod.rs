//! The first schema.

mod billing;
mod catalog;
mod people;
mod work;

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000001_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people::up(manager).await?;
        catalog::up(manager).await?;
        billing::up(manager).await?;
        work::up(manager).await?;
        partial_unique_indices(manager).await
    }
}

/// What the schema builder cannot say: one open row per key.
async fn partial_unique_indices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    for sql in [
        "CREATE UNIQUE INDEX uq_attention_open ON attention (dedup_key) WHERE resolved_at IS NULL",
        "CREATE UNIQUE INDEX uq_job_unfinished ON job (dedup_key) WHERE status = 'ready'",
        "CREATE UNIQUE INDEX uq_checkout_open ON checkout (customer_id, product_id) WHERE status = 'open'",
        "CREATE UNIQUE INDEX uq_data_object_vendor ON data_object (ref_type, ref_id, name) WHERE ref_type = 0",
    ] {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(named("ix", table, columns)).await
}

async fn unique_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(named("uq", table, columns).unique().to_owned()).await
}

fn named(prefix: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{prefix}_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
