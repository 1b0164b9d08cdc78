//! Messages in the vendor's own words, reminders that are sent once, and trials that lack a card.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000030_letters"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("message_template")
                    .col(text("kind"))
                    .col(text("subject"))
                    .col(text("body"))
                    .col(text_null("changed_by"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("kind"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("reminder_rule")
                    .col(text("kind"))
                    .col(boolean("enabled"))
                    .col(text("days"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("kind"))
                    .to_owned(),
            )
            .await?;
        sent(manager).await?;
        let column = boolean("needs_card").default(false).to_owned();
        manager.alter_table(Table::alter().table("subscription").add_column(column).to_owned()).await?;
        index(manager, "subscription", &["status", "trial_ends_at"]).await?;
        index(manager, "subscription", &["cancels_at"]).await?;
        index(manager, "licence_key", &["extended_until"]).await
    }
}

async fn sent(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("reminder_sent")
                .col(big_integer("subscription_id"))
                .col(text("kind"))
                .col(big_integer("day"))
                .col(big_integer("step"))
                .col(big_integer("sent_at"))
                .primary_key(Index::create().col("subscription_id").col("kind").col("day").col("step"))
                .foreign_key(
                    ForeignKey::create().from("reminder_sent", "subscription_id").to("subscription", "id"),
                )
                .to_owned(),
        )
        .await
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}
