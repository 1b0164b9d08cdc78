//! The history of a customer: money that moved, and what became of contracts and keys.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000005_money"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("transaction_entry")
                    .col(big_pk_auto("id"))
                    .col(big_integer("customer_id"))
                    .col(big_integer_null("subscription_id"))
                    .col(big_integer_null("product_id"))
                    .col(big_integer("account_id"))
                    .col(text("unique_ref"))
                    .col(text("kind"))
                    .col(text("source"))
                    .col(text("state"))
                    .col(big_integer("net"))
                    .col(big_integer("tax"))
                    .col(big_integer("gross"))
                    .col(big_integer("asked"))
                    .col(text("currency"))
                    .col(text("method"))
                    .col(text("reference"))
                    .col(text_null("payment_ref"))
                    .col(text("reason"))
                    .col(text("note"))
                    .col(big_integer_null("actor_id"))
                    .col(text_null("actor_name"))
                    .col(json("details"))
                    .col(big_integer("happened_at"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .foreign_key(
                        ForeignKey::create().from("transaction_entry", "customer_id").to("customer", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        index(manager, &["account_id", "unique_ref"], true).await?;
        index(manager, &["customer_id", "happened_at", "id"], false).await?;
        index(manager, &["happened_at", "id"], false).await?;
        index(manager, &["kind", "happened_at", "id"], false).await?;
        index(manager, &["gross", "id"], false).await?;
        index(manager, &["account_id", "payment_ref"], false).await?;
        index(manager, &["subscription_id"], false).await
    }
}

async fn index(manager: &SchemaManager<'_>, columns: &[&'static str], unique: bool) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("ix_transaction_entry_{}", columns.join("_"))).table("transaction_entry");
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    manager.create_index(index.clone()).await
}
