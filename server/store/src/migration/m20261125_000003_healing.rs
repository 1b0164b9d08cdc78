//! What healing needs: a record of each sweep, and more about what a person must decide.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_000003_healing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sweeps(manager).await?;
        attention(manager).await?;
        let overrules = text_null("overrules");
        add_column(manager, "subscription_key", overrules).await
    }
}

async fn sweeps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sweep_run")
                .col(big_pk_auto("id"))
                .col(text("sweep"))
                .col(text("cause"))
                .col(text("state"))
                .col(big_integer("looked_at"))
                .col(big_integer("found"))
                .col(text_null("position"))
                .col(text("words"))
                .col(big_integer("started_at"))
                .col(big_integer("updated_at"))
                .col(big_integer_null("finished_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(
            Index::create()
                .name("ix_sweep_run_sweep_id")
                .table("sweep_run")
                .col("sweep")
                .col("id")
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sweep_listed")
                .col(big_integer("subscription_id"))
                .col(big_integer("listed_at"))
                .primary_key(Index::create().col("subscription_id"))
                .to_owned(),
        )
        .await
}

async fn attention(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "attention", big_integer("times_seen").default(1).to_owned()).await?;
    add_column(manager, "attention", big_integer_null("amount")).await?;
    add_column(manager, "attention", text_null("currency")).await?;
    add_column(manager, "attention", big_integer_null("announced_at")).await?;
    manager
        .create_index(
            Index::create()
                .name("ix_attention_account_id_stripe_id")
                .table("attention")
                .col("account_id")
                .col("stripe_id")
                .to_owned(),
        )
        .await
}

async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}
