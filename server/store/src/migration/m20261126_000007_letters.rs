//! Messages in the vendor's own words, and reminders that are sent once.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000007_letters"
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
        manager
            .create_table(
                Table::create()
                    .table("reminder_sent")
                    .col(big_integer("subscription_id"))
                    .col(text("kind"))
                    .col(big_integer("moment"))
                    .col(big_integer("step"))
                    .col(big_integer("sent_at"))
                    .primary_key(Index::create().col("subscription_id").col("kind").col("moment").col("step"))
                    .to_owned(),
            )
            .await?;
        for columns in [["status", "trial_ends_at"], ["status", "cancels_at"]] {
            let mut index = Index::create();
            index.name(format!("ix_subscription_{}", columns.join("_"))).table("subscription");
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
