//! How many machines may use the licences of one customer.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000011_customer_machines"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer("max_machines").default(0).to_owned();
        manager.alter_table(Table::alter().table("customer").add_column(column).to_owned()).await
    }
}
