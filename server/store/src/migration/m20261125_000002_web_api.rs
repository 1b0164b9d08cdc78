//! What the licence Web API needs beside keys and tokens: activations, its log, what programs report, messages,
//! resellers, user accounts and licence templates.

use sea_orm_migration::{prelude::*, schema::*};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_000002_web_api"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        widen(manager).await?;
        licensing(manager).await?;
        recorded(manager).await?;
        people(manager).await
    }
}

/// New columns of tables that are there. SQLite takes one at a time.
async fn widen(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in [
        ("licence_key", text("allowed_machines").default("").to_owned()),
        ("licence_key", big_integer_null("reseller_id")),
        ("licence_key", big_integer_null("first_activated_at")),
        ("licence_key", text_null("trial_machine")),
        ("licence_key", big_integer_null("notice_sent_for")),
        ("product", boolean("blocks_expired").default(false).to_owned()),
        ("customer", blob_null("secret_hash")),
        ("data_object", text("machine_code").default("").to_owned()),
        ("vendor", boolean("web_api_get").default(true).to_owned()),
        ("vendor", text("web_api_status").default("mixed").to_owned()),
        ("vendor", big_integer("web_api_log_days").default(90).to_owned()),
    ] {
        let mut column = column;
        let alter = Table::alter().table(table).add_column(&mut column).to_owned();
        manager.alter_table(alter).await?;
    }
    for (name, table, columns) in [
        ("uq_licence_key_trial", "licence_key", &["product_id", "trial_machine"][..]),
        ("uq_customer_secret_hash", "customer", &["secret_hash"]),
    ] {
        manager.create_index(index(name, table, columns).unique().to_owned()).await?;
    }
    manager.create_index(index("ix_licence_key_reseller", "licence_key", &["reseller_id"])).await
}

async fn licensing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("activation")
                .col(big_pk_auto("id"))
                .col(big_integer("key_id"))
                .col(text("machine_code"))
                .col(boolean("floating"))
                .col(boolean("overdraft"))
                .col(text("friendly_name"))
                .col(text("ip"))
                .col(text("os_info"))
                .col(big_integer("first_seen_at"))
                .col(big_integer("last_seen_at"))
                .col(big_integer_null("lease_until"))
                .foreign_key(ForeignKey::create().from("activation", "key_id").to("licence_key", "id"))
                .to_owned(),
        )
        .await?;
    let unique = index("uq_activation_machine", "activation", &["key_id", "floating", "machine_code"]);
    manager.create_index(unique.clone().unique().to_owned()).await?;
    manager.create_index(index("ix_activation_lease_until", "activation", &["lease_until"])).await?;
    manager
        .create_table(
            Table::create()
                .table("licence_template")
                .col(big_pk_auto("id"))
                .col(big_integer("product_id"))
                .col(text("name"))
                .col(text("params"))
                .col(big_integer("version"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("licence_template", "product_id").to("product", "id"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("ix_licence_template_product", "licence_template", &["product_id"])).await
}

/// What calls leave behind.
async fn recorded(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("api_log")
                .col(big_pk_auto("id"))
                .col(big_integer("at"))
                .col(text("method"))
                .col(big_integer_null("token_id"))
                .col(big_integer_null("product_id"))
                .col(big_integer_null("key_id"))
                .col(text("machine_code"))
                .col(text("friendly_name"))
                .col(text("ip"))
                .col(boolean("succeeded"))
                .col(big_integer("status"))
                .col(text("message"))
                .to_owned(),
        )
        .await?;
    for (name, columns) in [
        ("ix_api_log_at", &["at"][..]),
        ("ix_api_log_key", &["key_id", "id"]),
        ("ix_api_log_product", &["product_id", "at"]),
        ("ix_api_log_token", &["token_id", "id"]),
    ] {
        manager.create_index(index(name, "api_log", columns)).await?;
    }
    manager
        .create_table(
            Table::create()
                .table("app_event")
                .col(big_pk_auto("id"))
                .col(big_integer("at"))
                .col(big_integer_null("token_id"))
                .col(big_integer_null("product_id"))
                .col(big_integer_null("key_id"))
                .col(text("machine_code"))
                .col(text("feature_name"))
                .col(text("event_name"))
                .col(big_integer("value"))
                .col(text("currency"))
                .col(text("metadata"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("ix_app_event_key", "app_event", &["key_id", "id"])).await?;
    manager.create_index(index("ix_app_event_product", "app_event", &["product_id", "id"])).await?;
    manager.create_index(index("ix_app_event_at", "app_event", &["at"])).await?;
    manager
        .create_table(
            Table::create()
                .table("usage_record")
                .col(big_pk_auto("id"))
                .col(big_integer("key_id"))
                .col(big_integer("amount"))
                .col(big_integer("recorded_at"))
                .col(big_integer_null("reported_at"))
                .foreign_key(ForeignKey::create().from("usage_record", "key_id").to("licence_key", "id"))
                .to_owned(),
        )
        .await?;
    manager.create_index(index("ix_usage_record_key", "usage_record", &["key_id"])).await?;
    manager.create_index(index("ix_usage_record_reported", "usage_record", &["reported_at"])).await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("channel_message")
                .col(big_pk_auto("id"))
                .col(text("channel"))
                .col(text("content"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
    let by_channel = index("ix_channel_message_channel", "channel_message", &["channel", "created_at"]);
    manager.create_index(by_channel).await?;
    manager
        .create_table(
            Table::create()
                .table("reseller")
                .col(big_pk_auto("id"))
                .col(text("name"))
                .col(text("url"))
                .col(text("email"))
                .col(text("phone"))
                .col(text("description"))
                .col(boolean("removed"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("user_account")
                .col(big_pk_auto("id"))
                .col(text("username"))
                .col(text("lookup"))
                .col(text("email"))
                .col(text("password_hash"))
                .col(big_integer_null("customer_id"))
                .col(blob_null("reset_hash"))
                .col(big_integer_null("reset_expires_at"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("user_account", "customer_id").to("customer", "id"))
                .to_owned(),
        )
        .await?;
    let by_name = index("uq_user_account_lookup", "user_account", &["lookup"]).unique().to_owned();
    manager.create_index(by_name).await?;
    manager.create_index(index("ix_user_account_customer", "user_account", &["customer_id"])).await
}

fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
