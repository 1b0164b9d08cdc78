//! Which features of a product limit a key in time.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000040_limiting_features"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = big_integer("limiting_features").default(0).to_owned();
        manager.alter_table(Table::alter().table("product").add_column(&mut column).to_owned()).await
    }
}
