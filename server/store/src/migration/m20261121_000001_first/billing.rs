//! Stripe: accounts, inbox, mirrors, subscriptions, purchases.

use sea_orm_migration::{prelude::*, schema::*};

use super::{index, unique_index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("stripe_account")
                .col(big_pk_auto("id"))
                .col(text("stripe_id"))
                .col(text("name"))
                .col(boolean("live"))
                .col(text("key_hint"))
                .col(boolean("restricted"))
                .col(big_integer_null("catalog_synced_at"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "stripe_account", &["stripe_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("stripe_endpoint")
                .col(big_pk_auto("id"))
                .col(big_integer("account_id"))
                .col(text("slug"))
                .col(boolean("is_default"))
                .col(text_null("stripe_id"))
                .col(text("url"))
                .col(text_null("api_version"))
                .col(boolean("live"))
                .col(big_integer_null("last_received_at"))
                .col(big_integer("created_at"))
                .foreign_key(
                    ForeignKey::create().from("stripe_endpoint", "account_id").to("stripe_account", "id"),
                )
                .to_owned(),
        )
        .await?;
    unique_index(manager, "stripe_endpoint", &["slug"]).await?;
    manager
        .create_table(
            Table::create()
                .table("stripe_event")
                .col(big_integer("account_id"))
                .col(text("event_id"))
                .col(text("kind"))
                .col(text_null("api_version"))
                .col(boolean("live"))
                .col(text_null("object_id"))
                .col(text_null("stripe_customer"))
                .col(text_null("stripe_subscription"))
                .col(text("payload"))
                .col(text("status"))
                .col(big_integer("attempts"))
                .col(text_null("last_error"))
                .col(big_integer("stripe_created_at"))
                .col(big_integer("received_at"))
                .col(big_integer("next_at"))
                .col(big_integer_null("lease_until"))
                .primary_key(Index::create().col("account_id").col("event_id"))
                .to_owned(),
        )
        .await?;
    index(manager, "stripe_event", &["status", "next_at"]).await?;
    index(manager, "stripe_event", &["received_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("stripe_customer")
                .col(big_integer("account_id"))
                .col(text("stripe_id"))
                .col(big_integer("customer_id"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("account_id").col("stripe_id"))
                .foreign_key(ForeignKey::create().from("stripe_customer", "customer_id").to("customer", "id"))
                .foreign_key(
                    ForeignKey::create().from("stripe_customer", "account_id").to("stripe_account", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "stripe_customer", &["customer_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("stripe_product")
                .col(big_integer("account_id"))
                .col(text("stripe_id"))
                .col(text("name"))
                .col(text("description"))
                .col(boolean("active"))
                .col(text_null("skm_product_id"))
                .col(boolean("deleted"))
                .col(big_integer("fetched_at"))
                .primary_key(Index::create().col("account_id").col("stripe_id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("stripe_price")
                .col(big_integer("account_id"))
                .col(text("stripe_id"))
                .col(text("stripe_product"))
                .col(text("nickname"))
                .col(boolean("active"))
                .col(text("currency"))
                .col(big_integer_null("unit_amount"))
                .col(text_null("interval_unit"))
                .col(big_integer("interval_count"))
                .col(text("usage_type"))
                .col(text("billing_scheme"))
                .col(big_integer("trial_days"))
                .col(text_null("skm"))
                .col(big_integer("fetched_at"))
                .primary_key(Index::create().col("account_id").col("stripe_id"))
                .to_owned(),
        )
        .await?;
    index(manager, "stripe_price", &["account_id", "stripe_product"]).await?;
    manager
        .create_table(
            Table::create()
                .table("subscription")
                .col(big_pk_auto("id"))
                .col(big_integer("customer_id"))
                .col(big_integer_null("account_id"))
                .col(text_null("stripe_id"))
                .col(text("status"))
                .col(text_null("stripe_status"))
                .col(big_integer_null("paid_through"))
                .col(big_integer_null("trial_ends_at"))
                .col(big_integer_null("cancels_at"))
                .col(big_integer_null("ended_at"))
                .col(big_integer_null("key_pending_since"))
                .col(json_null("pause"))
                .col(json("metadata"))
                .col(big_integer_null("fetched_at"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("subscription", "customer_id").to("customer", "id"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "subscription", &["account_id", "stripe_id"]).await?;
    index(manager, "subscription", &["customer_id"]).await?;
    index(manager, "subscription", &["status", "paid_through"]).await?;
    index(manager, "subscription", &["created_at", "id"]).await?;
    index(manager, "subscription", &["key_pending_since"]).await?;
    manager
        .create_table(
            Table::create()
                .table("subscription_item")
                .col(big_pk_auto("id"))
                .col(big_integer("subscription_id"))
                .col(text_null("stripe_id"))
                .col(text_null("stripe_price"))
                .col(big_integer_null("plan_id"))
                .col(big_integer_null("product_id"))
                .col(text("product_name"))
                .col(text("plan_name"))
                .col(big_integer("quantity"))
                .col(text("currency"))
                .col(big_integer("amount"))
                .col(text_null("interval_unit"))
                .col(big_integer("interval_count"))
                .col(big_integer_null("period_end"))
                .foreign_key(
                    ForeignKey::create()
                        .from("subscription_item", "subscription_id")
                        .to("subscription", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "subscription_item", &["subscription_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("subscription_key")
                .col(big_integer("subscription_id"))
                .col(big_integer("product_id"))
                .col(big_integer("key_id"))
                .col(big_integer_null("written_back_at"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("subscription_id").col("product_id"))
                .foreign_key(
                    ForeignKey::create().from("subscription_key", "subscription_id").to("subscription", "id"),
                )
                .foreign_key(ForeignKey::create().from("subscription_key", "key_id").to("licence_key", "id"))
                .to_owned(),
        )
        .await?;
    unique_index(manager, "subscription_key", &["key_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("checkout")
                .col(text("id"))
                .col(big_integer("customer_id"))
                .col(big_integer("user_id"))
                .col(big_integer("account_id"))
                .col(big_integer("product_id"))
                .col(big_integer("plan_id"))
                .col(text_null("session_id"))
                .col(text_null("url"))
                .col(big_integer_null("subscription_id"))
                .col(text_null("receipt_url"))
                .col(text("status"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .col(big_integer("expires_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(ForeignKey::create().from("checkout", "customer_id").to("customer", "id"))
                .to_owned(),
        )
        .await?;
    index(manager, "checkout", &["customer_id", "product_id", "status"]).await?;
    index(manager, "checkout", &["session_id"]).await?;
    manager
        .create_table(
            Table::create()
                .table("sync_job")
                .col(big_integer("account_id"))
                .col(text("kind"))
                .col(text("stripe_id"))
                .col(big_integer("wanted"))
                .col(big_integer("done"))
                .col(big_integer("attempts"))
                .col(text_null("last_error"))
                .col(big_integer("next_at"))
                .col(big_integer_null("lease_until"))
                .primary_key(Index::create().col("account_id").col("kind").col("stripe_id"))
                .to_owned(),
        )
        .await?;
    index(manager, "sync_job", &["next_at"]).await?;
    manager
        .create_table(
            Table::create()
                .table("attention")
                .col(big_pk_auto("id"))
                .col(text("dedup_key"))
                .col(text("code"))
                .col(big_integer_null("account_id"))
                .col(text_null("stripe_id"))
                .col(big_integer_null("customer_id"))
                .col(big_integer_null("subscription_id"))
                .col(text("detail"))
                .col(big_integer("first_seen_at"))
                .col(big_integer("last_seen_at"))
                .col(big_integer_null("resolved_at"))
                .col(text_null("resolution"))
                .to_owned(),
        )
        .await?;
    index(manager, "attention", &["resolved_at"]).await?;
    Ok(())
}
