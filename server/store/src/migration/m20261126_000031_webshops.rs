//! Webshops: what is sold in which currency through which Stripe account, and to whom.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000031_webshops"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("webshop")
                    .col(big_pk_auto("id"))
                    .col(text("name"))
                    .col(text_null("currency"))
                    .col(big_integer_null("account_id"))
                    .col(boolean("all_products"))
                    .col(boolean("active"))
                    .col(big_integer("version"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .foreign_key(
                        ForeignKey::create().from("webshop", "account_id").to("stripe_account", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("webshop_product")
                    .col(big_integer("webshop_id"))
                    .col(big_integer("product_id"))
                    .primary_key(Index::create().col("webshop_id").col("product_id"))
                    .foreign_key(
                        ForeignKey::create().from("webshop_product", "webshop_id").to("webshop", "id"),
                    )
                    .foreign_key(
                        ForeignKey::create().from("webshop_product", "product_id").to("product", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        // The row of the webshop that everybody is bound to at first is made at start, as the vendor's is.
        let column = big_integer("webshop_id").default(1).to_owned();
        manager.alter_table(Table::alter().table("customer").add_column(column).to_owned()).await?;
        for (name, table, columns) in [
            ("ix_customer_webshop", "customer", &["webshop_id", "id"][..]),
            ("ix_stripe_event_account", "stripe_event", &["account_id", "received_at", "event_id"][..]),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
