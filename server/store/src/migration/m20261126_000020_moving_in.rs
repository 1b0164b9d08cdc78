//! Moving in: what was taken over from another licensing service, and files and runs of its page.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000020_moving_in"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("moved_in")
                    .col(text("kind"))
                    .col(big_integer("id"))
                    .col(text("content"))
                    .col(big_integer("at"))
                    .primary_key(Index::create().col("kind").col("id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("move_in_file")
                    .col(big_pk_auto("id"))
                    .col(text("name"))
                    .col(blob("bytes"))
                    .col(big_integer("size"))
                    .col(json("rows"))
                    .col(text_null("problem"))
                    .col(big_integer("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("move_in_run")
                    .col(big_pk_auto("id"))
                    .col(boolean("dry_run"))
                    .col(text("state"))
                    .col(big_integer("done"))
                    .col(big_integer("total"))
                    .col(json("report"))
                    .col(text("words"))
                    .col(big_integer("started_at"))
                    .col(big_integer("updated_at"))
                    .col(big_integer_null("finished_at"))
                    .to_owned(),
            )
            .await
    }
}
