//! What changing subscriptions needs: contracts that no payment provider bills, quotes, what is planned, and
//! customers' balances.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000004_changes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        offline(manager).await?;
        planned(manager).await?;
        balance(manager).await?;
        for (column, allowed) in
            [("customers_upgrade", false), ("customers_downgrade", false), ("customers_cancel", true)]
        {
            let column = boolean(column).default(allowed).to_owned();
            manager.alter_table(Table::alter().table("vendor").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

async fn offline(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("plan_price")
                .col(big_integer("plan_id"))
                .col(text("currency"))
                .col(big_integer("amount"))
                .primary_key(Index::create().col("plan_id").col("currency"))
                .foreign_key(ForeignKey::create().from("plan_price", "plan_id").to("plan", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("offline_contract")
                .col(big_integer("subscription_id").primary_key())
                .col(text("currency"))
                .col(big_integer("term_start"))
                .col(big_integer("term_end"))
                .col(big_integer("lengths"))
                .col(big_integer("anchor_at"))
                .col(json("paid"))
                .col(big_integer_null("paused_at"))
                .col(big_integer_null("extended_until"))
                .col(text("paid_by"))
                .col(text("reference"))
                .col(big_integer("updated_at"))
                .foreign_key(
                    ForeignKey::create().from("offline_contract", "subscription_id").to("subscription", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "offline_contract", &["term_end"]).await
}

async fn planned(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("pending_change")
                // One per subscription.
                .col(big_integer("subscription_id").primary_key())
                .col(big_integer("due_at"))
                .col(json("request"))
                .col(text("text"))
                .col(text("source"))
                .col(text_null("actor_name"))
                .col(big_integer("attempts"))
                .col(text_null("last_error"))
                .col(big_integer("created_at"))
                .foreign_key(
                    ForeignKey::create().from("pending_change", "subscription_id").to("subscription", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "pending_change", &["due_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("change_quote")
                .col(text("id").primary_key())
                .col(big_integer("subscription_id"))
                .col(text("source"))
                .col(json("request"))
                .col(big_integer("as_of"))
                .col(text("digest"))
                .col(text("state"))
                .col(big_integer("expires_at"))
                .col(big_integer_null("used_at"))
                .foreign_key(
                    ForeignKey::create().from("change_quote", "subscription_id").to("subscription", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "change_quote", &["state", "expires_at"]).await
}

async fn balance(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("balance_entry")
                .col(big_pk_auto("id"))
                .col(big_integer("customer_id"))
                .col(big_integer_null("subscription_id"))
                .col(text("currency"))
                .col(big_integer("amount"))
                .col(text("text"))
                .col(text("source"))
                .col(text_null("actor_name"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("balance_entry", "customer_id").to("customer", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "balance_entry", &["customer_id", "currency"]).await
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create().name(format!("ix_{table}_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}
