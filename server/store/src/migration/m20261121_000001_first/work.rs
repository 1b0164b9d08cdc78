//! Work and history: outbox, messages, audit, locks.

use sea_orm_migration::{prelude::*, schema::*};

use super::index;

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("job")
                .col(big_pk_auto("id"))
                .col(text("kind"))
                .col(text_null("dedup_key"))
                .col(json("payload"))
                .col(text("status"))
                .col(big_integer("attempts"))
                .col(text_null("last_error"))
                .col(big_integer("run_at"))
                .col(big_integer_null("lease_until"))
                .col(big_integer("created_at"))
                .col(big_integer_null("finished_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "job", &["status", "run_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("communication")
                .col(big_pk_auto("id"))
                .col(big_integer_null("customer_id"))
                .col(text("kind"))
                .col(text("recipient"))
                .col(text("subject"))
                .col(text("text"))
                .col(text_null("html"))
                .col(text("message_id"))
                .col(text("state"))
                .col(big_integer("attempts"))
                .col(text_null("error"))
                .col(big_integer("created_at"))
                .col(big_integer_null("sent_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "communication", &["customer_id"]).await?;
    index(manager, "communication", &["created_at", "id"]).await?;
    index(manager, "communication", &["state"]).await?;
    manager
        .create_table(
            Table::create()
                .table("audit")
                .col(big_pk_auto("id"))
                .col(big_integer("at"))
                .col(text("source"))
                .col(big_integer_null("actor_id"))
                .col(text_null("actor_name"))
                .col(text("action"))
                .col(text("subject_kind"))
                .col(big_integer("subject_id"))
                .col(big_integer_null("customer_id"))
                .col(text("text"))
                .col(json_null("before"))
                .col(json_null("after"))
                .col(text("reason"))
                .col(text("ip"))
                .to_owned(),
        )
        .await?;
    index(manager, "audit", &["customer_id", "id"]).await?;
    index(manager, "audit", &["subject_kind", "subject_id"]).await?;
    index(manager, "audit", &["at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("lock")
                .col(text("name"))
                .col(text("holder"))
                .col(big_integer("until"))
                .primary_key(Index::create().col("name"))
                .to_owned(),
        )
        .await?;
    Ok(())
}
