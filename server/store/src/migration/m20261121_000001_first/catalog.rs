//! What is sold: products, plans, keys, data objects, tokens.

use sea_orm_migration::{prelude::*, schema::*};

use super::{index, unique_index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("signing_key")
                .col(big_pk_auto("id"))
                .col(text("name"))
                .col(text("public_xml"))
                .col(text("public_pem"))
                .col(boolean("retired"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("product")
                .col(big_pk_auto("id"))
                .col(text("name"))
                .col(text("description"))
                .col(text("kind"))
                .col(boolean("active"))
                .col(big_integer("grace_days"))
                .col(json("feature_names"))
                .col(big_integer("signing_key_id"))
                .col(big_integer("next_key_id"))
                .col(big_integer("version"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("product", "signing_key_id").to("signing_key", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("plan")
                .col(big_pk_auto("id"))
                .col(big_integer("product_id"))
                .col(big_integer_null("account_id"))
                .col(text_null("stripe_price"))
                .col(text("name"))
                .col(text("currency"))
                .col(big_integer("amount"))
                .col(text("interval_unit"))
                .col(big_integer("interval_count"))
                .col(big_integer("trial_days"))
                .col(text("key_params"))
                .col(boolean("offered"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("plan", "product_id").to("product", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "plan", &["product_id"]).await?;
    unique_index(manager, "plan", &["account_id", "stripe_price"]).await?;
    manager
        .create_table(
            Table::create()
                .table("licence_key")
                .col(big_pk_auto("id"))
                .col(big_integer("product_id"))
                .col(big_integer("number"))
                .col(text("key_text"))
                .col(big_integer_null("customer_id"))
                .col(big_integer("created_at"))
                .col(big_integer_null("expires_at"))
                .col(big_integer_null("extended_until"))
                .col(big_integer("period_days"))
                .col(boolean("f1"))
                .col(boolean("f2"))
                .col(boolean("f3"))
                .col(boolean("f4"))
                .col(boolean("f5"))
                .col(boolean("f6"))
                .col(boolean("f7"))
                .col(boolean("f8"))
                .col(big_integer("max_machines"))
                .col(boolean("trial_activation"))
                .col(boolean("blocked"))
                .col(text_null("block_source"))
                .col(text("notes"))
                .col(text("source"))
                .col(big_integer("version"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("licence_key", "product_id").to("product", "id"))
                .foreign_key(ForeignKey::create().from("licence_key", "customer_id").to("customer", "id"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "licence_key", &["product_id", "number"]).await?;
    unique_index(manager, "licence_key", &["product_id", "key_text"]).await?;
    index(manager, "licence_key", &["key_text"]).await?;
    index(manager, "licence_key", &["customer_id"]).await?;
    index(manager, "licence_key", &["expires_at", "id"]).await?;
    index(manager, "licence_key", &["created_at", "id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("data_object")
                .col(big_pk_auto("id"))
                .col(big_integer("ref_type"))
                .col(big_integer("ref_id"))
                .col(text("name"))
                .col(text("string_value"))
                .col(big_integer("int_value"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "data_object", &["ref_type", "ref_id", "name"]).await?;
    index(manager, "data_object", &["name"]).await?;
    manager
        .create_table(
            Table::create()
                .table("api_token")
                .col(big_pk_auto("id"))
                .col(text("name"))
                .col(blob("secret_hash"))
                .col(json("scopes"))
                .col(big_integer_null("product_lock"))
                .col(big_integer_null("key_lock"))
                .col(big_integer_null("feature_lock"))
                .col(big_integer_null("expires_at"))
                .col(big_integer_null("last_used_at"))
                .col(big_integer_null("revoked_at"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
    Ok(())
}
