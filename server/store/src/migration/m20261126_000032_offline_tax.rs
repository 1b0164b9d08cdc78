//! Tax rates for what is billed offline; renewals from the balance; prices of one customer's own; and what a refund
//! of all that was paid does to the licence.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000032_offline_tax"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("tax_rate")
                    .col(big_pk_auto("id"))
                    .col(text("name"))
                    .col(big_integer("hundredths"))
                    .col(text("country"))
                    .col(boolean("inclusive"))
                    .col(boolean("active"))
                    .col(boolean("is_default"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .to_owned(),
            )
            .await?;
        for (table, column) in [
            ("offline_contract", json_null("own_prices")),
            ("offline_contract", boolean("auto_renew").default(false).to_owned()),
            ("offline_contract", big_integer_null("renews_at")),
            ("vendor", text("full_refund").default("keep").to_owned()),
        ] {
            let mut column = column;
            manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
        }
        let due = Index::create()
            .name("ix_offline_contract_renews_at")
            .table("offline_contract")
            .col("renews_at")
            .to_owned();
        manager.create_index(due).await
    }
}
