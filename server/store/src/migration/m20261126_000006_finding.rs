//! What finding one of a million customers takes: names in lower case that can be sorted and compared, and an index
//! of every three letters that a bare word may contain.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use sea_orm_migration::prelude::*;

use crate::customers::folded;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000006_finding"
    }
}

/// How many rows are brought up to date at a time.
const BATCH: i64 = 1_000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        folded_columns(manager).await?;
        fold_what_is_there(manager.get_connection()).await?;
        indices(manager.get_connection()).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => trigrams_of_postgres(manager.get_connection()).await,
            _ => trigrams_of_sqlite(manager.get_connection()).await,
        }
    }
}

/// Compared byte by byte on both databases, so that they sort alike and what begins with a text is a range.
async fn folded_columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let bytewise = match manager.get_database_backend() {
        DbBackend::Postgres => "text COLLATE \"C\"",
        _ => "text",
    };
    for column in ["name_folded", "company_folded"] {
        let sql = format!("ALTER TABLE customer ADD COLUMN {column} {bytewise} NOT NULL DEFAULT ''");
        connection.execute_unprepared(&sql).await?;
    }
    if manager.get_database_backend() == DbBackend::Postgres {
        for column in ["email", "search_text"] {
            let sql = format!("ALTER TABLE customer ALTER COLUMN {column} TYPE {bytewise}");
            connection.execute_unprepared(&sql).await?;
        }
    }
    Ok(())
}

/// Here rather than with SQL's `lower`, which on SQLite knows no letters beyond English.
async fn fold_what_is_there<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    let mut after = 0_i64;
    loop {
        let page =
            format!("SELECT id, name, company FROM customer WHERE id > {after} ORDER BY id LIMIT {BATCH}");
        let rows = connection.query_all_raw(Statement::from_string(backend, page)).await?;
        for row in &rows {
            let (id, name, company): (i64, String, String) =
                (row.try_get("", "id")?, row.try_get("", "name")?, row.try_get("", "company")?);
            let sql = match backend {
                DbBackend::Postgres => {
                    "UPDATE customer SET name_folded = $1, company_folded = $2 WHERE id = $3"
                }
                _ => "UPDATE customer SET name_folded = ?, company_folded = ? WHERE id = ?",
            };
            let values = [folded(&name).into(), folded(&company).into(), id.into()];
            connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
            after = id;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

async fn indices<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    for sql in [
        "DROP INDEX ix_customer_name_id",
        "DROP INDEX ix_customer_company_id",
        "DROP INDEX ix_customer_headline_id",
        "DROP INDEX ix_customer_email",
        "CREATE INDEX ix_customer_name_folded_id ON customer (name_folded, id)",
        "CREATE INDEX ix_customer_company_folded_id ON customer (company_folded, id)",
        "CREATE INDEX ix_customer_email_id ON customer (email, id)",
        "CREATE INDEX ix_customer_headline_created_at_id ON customer (headline, created_at, id)",
        "CREATE INDEX ix_customer_country_created_at_id ON customer (country, created_at, id)",
        "CREATE INDEX ix_customer_external_id_lower ON customer (lower(external_id))",
        "CREATE INDEX ix_stripe_customer_stripe_id ON stripe_customer (stripe_id)",
        "CREATE INDEX ix_subscription_stripe_id ON subscription (stripe_id)",
        "CREATE INDEX ix_customer_beginning ON customer (substr(search_text, 1, 2))",
    ] {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// The index holds no texts of its own; triggers keep it up to date whoever writes.
async fn trigrams_of_sqlite<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    for sql in [
        "CREATE VIRTUAL TABLE customer_trigram USING fts5(search_text, content='customer', content_rowid='id', \
         tokenize='trigram')",
        "INSERT INTO customer_trigram(customer_trigram) VALUES ('rebuild')",
        "CREATE TRIGGER customer_trigram_insert AFTER INSERT ON customer BEGIN \
         INSERT INTO customer_trigram(rowid, search_text) VALUES (new.id, new.search_text); END",
        "CREATE TRIGGER customer_trigram_delete AFTER DELETE ON customer BEGIN \
         INSERT INTO customer_trigram(customer_trigram, rowid, search_text) \
         VALUES ('delete', old.id, old.search_text); END",
        "CREATE TRIGGER customer_trigram_update AFTER UPDATE OF search_text ON customer \
         WHEN old.search_text <> new.search_text BEGIN \
         INSERT INTO customer_trigram(customer_trigram, rowid, search_text) \
         VALUES ('delete', old.id, old.search_text); \
         INSERT INTO customer_trigram(rowid, search_text) VALUES (new.id, new.search_text); END",
    ] {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// `pg_trgm` comes with PostgreSQL and may be created by a database's owner. Where it cannot be had, a search reads
/// every customer: slower, and right all the same.
async fn trigrams_of_postgres<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let asked = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') OR \
                 (EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') \
                  AND has_database_privilege(current_database(), 'CREATE')) AS possible";
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, asked)).await?;
    if row.is_some_and(|row| row.try_get("", "possible").unwrap_or(false)) {
        connection.execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_trgm").await?;
        connection
            .execute_unprepared(
                "CREATE INDEX ix_customer_trigram ON customer USING gin (search_text gin_trgm_ops)",
            )
            .await?;
    }
    Ok(())
}
