//! People: the vendor, staff, users, customers, sessions and codes.

use sea_orm_migration::{prelude::*, schema::*};

use super::{index, unique_index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("vendor")
                .col(big_integer("id"))
                .col(text("name"))
                .col(text("description"))
                .col(text("domain"))
                .col(text("website"))
                .col(text("support_email"))
                .col(text_null("accent"))
                .col(text("time_zone"))
                .col(boolean("sign_up_enabled"))
                .col(big_integer("sign_up_generation"))
                .col(big_integer_null("sign_up_rotated_at"))
                .col(text("terms_version"))
                .col(big_integer_null("terms_changed_at"))
                .col(text("mail_from"))
                .col(boolean("demo"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .primary_key(Index::create().col("id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("upload")
                .col(text("name"))
                .col(text("media_type"))
                .col(blob("bytes"))
                .col(big_integer("updated_at"))
                .primary_key(Index::create().col("name"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("secret")
                .col(text("name"))
                .col(blob("sealed"))
                .col(big_integer("updated_at"))
                .primary_key(Index::create().col("name"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("staff")
                .col(big_pk_auto("id"))
                .col(text("email"))
                .col(text("name"))
                .col(text("role"))
                .col(text_null("password_hash"))
                .col(boolean("disabled"))
                .col(big_integer("created_at"))
                .col(big_integer_null("last_seen_at"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "staff", &["email"]).await?;
    manager
        .create_table(
            Table::create()
                .table("portal_user")
                .col(big_pk_auto("id"))
                .col(text("email"))
                .col(text("name"))
                .col(text_null("password_hash"))
                .col(big_integer_null("email_proved_at"))
                .col(big_integer("created_at"))
                .col(big_integer_null("last_seen_at"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "portal_user", &["email"]).await?;
    manager
        .create_table(
            Table::create()
                .table("customer")
                .col(big_pk_auto("id"))
                .col(text("name"))
                .col(text("email"))
                .col(text("company"))
                .col(text("phone"))
                .col(text("country"))
                .col(text("notes"))
                .col(text("external_id"))
                .col(text("search_text"))
                .col(boolean("disabled"))
                .col(text("headline"))
                .col(boolean("association_enabled"))
                .col(big_integer("association_generation"))
                .col(boolean("association_revoked"))
                .col(big_integer_null("association_created_at"))
                .col(big_integer_null("association_sent_at"))
                .col(big_integer_null("association_used_at"))
                .col(big_integer_null("association_used_by"))
                .col(boolean("allow_activation_management"))
                .col(boolean("allow_multiple_users"))
                .col(text("source"))
                .col(big_integer("version"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "customer", &["email"]).await?;
    index(manager, "customer", &["name", "id"]).await?;
    index(manager, "customer", &["company", "id"]).await?;
    index(manager, "customer", &["created_at", "id"]).await?;
    index(manager, "customer", &["external_id"]).await?;
    index(manager, "customer", &["headline", "id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("customer_user")
                .col(big_integer("customer_id"))
                .col(big_integer("user_id"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("customer_id").col("user_id"))
                .foreign_key(ForeignKey::create().from("customer_user", "customer_id").to("customer", "id"))
                .foreign_key(ForeignKey::create().from("customer_user", "user_id").to("portal_user", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "customer_user", &["user_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("session")
                .col(big_pk_auto("id"))
                .col(blob("token_hash"))
                .col(text("kind"))
                .col(big_integer("subject_id"))
                .col(big_integer_null("customer_id"))
                .col(text("ip"))
                .col(text("user_agent"))
                .col(big_integer("created_at"))
                .col(big_integer("last_seen_at"))
                .col(big_integer("expires_at"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "session", &["token_hash"]).await?;
    index(manager, "session", &["kind", "subject_id"]).await?;
    index(manager, "session", &["expires_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("code")
                .col(big_pk_auto("id"))
                .col(text("kind"))
                .col(blob("code_hash"))
                .col(blob_null("handle_hash"))
                .col(big_integer_null("subject_id"))
                .col(json("payload"))
                .col(big_integer("attempts"))
                .col(big_integer("created_at"))
                .col(big_integer("expires_at"))
                .col(big_integer_null("used_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "code", &["code_hash"]).await?;
    index(manager, "code", &["handle_hash"]).await?;
    index(manager, "code", &["expires_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("rate_limit")
                .col(text("bucket"))
                .col(big_integer("window_start"))
                .col(big_integer("count"))
                .primary_key(Index::create().col("bucket"))
                .to_owned(),
        )
        .await?;
    index(manager, "rate_limit", &["window_start"]).await?;
    manager
        .create_table(
            Table::create()
                .table("terms_acceptance")
                .col(big_pk_auto("id"))
                .col(big_integer("customer_id"))
                .col(big_integer("user_id"))
                .col(text("scope"))
                .col(text("url"))
                .col(text("version"))
                .col(text("ip"))
                .col(text("user_agent"))
                .col(big_integer("accepted_at"))
                .foreign_key(
                    ForeignKey::create().from("terms_acceptance", "customer_id").to("customer", "id"),
                )
                .foreign_key(ForeignKey::create().from("terms_acceptance", "user_id").to("portal_user", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "terms_acceptance", &["customer_id"]).await?;
    Ok(())
}
