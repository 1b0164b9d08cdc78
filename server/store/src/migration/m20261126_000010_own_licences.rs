//! What customers may do with their licences themselves: take machines off them, and have a key re-issued.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000010_own_licences"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("licence_key", big_integer_null("replaces")),
            ("vendor", boolean("customers_remove_machines").default(false).to_owned()),
            ("vendor", big_integer("customer_reissues_per_day").default(1).to_owned()),
            ("vendor", boolean("reissue_moves_machines").default(true).to_owned()),
            ("vendor", big_integer("app_event_days").default(400).to_owned()),
        ] {
            let mut column = column;
            manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
        }
        // A key is replaced once.
        let replaced = Index::create()
            .name("uq_licence_key_replaces")
            .table("licence_key")
            .col("replaces")
            .unique()
            .to_owned();
        manager.create_index(replaced).await
    }
}
