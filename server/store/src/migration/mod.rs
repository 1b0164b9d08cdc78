//! Schema changes: forward only, run at start, in one transaction under a lock.

#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261121_000001_first;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261125_000002_web_api;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261125_000003_healing;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000004_changes;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000005_money;
mod m20261126_000006_finding;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000010_own_licences;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000011_customer_machines;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000020_moving_in;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000030_letters;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000031_webshops;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000032_offline_tax;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000033_usage_logs;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000034_webshop_terms;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000035_key_lookup;
#[allow(clippy::wildcard_imports, reason = "the column helpers are meant to be taken together")]
mod m20261126_000040_limiting_features;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::database;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_first::Migration),
            Box::new(m20261125_000002_web_api::Migration),
            Box::new(m20261125_000003_healing::Migration),
            Box::new(m20261126_000004_changes::Migration),
            Box::new(m20261126_000005_money::Migration),
            Box::new(m20261126_000006_finding::Migration),
            Box::new(m20261126_000010_own_licences::Migration),
            Box::new(m20261126_000011_customer_machines::Migration),
            Box::new(m20261126_000020_moving_in::Migration),
            Box::new(m20261126_000030_letters::Migration),
            Box::new(m20261126_000031_webshops::Migration),
            Box::new(m20261126_000032_offline_tax::Migration),
            Box::new(m20261126_000033_usage_logs::Migration),
            Box::new(m20261126_000034_webshop_terms::Migration),
            Box::new(m20261126_000035_key_lookup::Migration),
            Box::new(m20261126_000040_limiting_features::Migration),
        ]
    }
}

/// An arbitrary number that names Latchkey's migration lock in PostgreSQL.
const POSTGRES_LOCK: i64 = 0x4c61_7463_686b_6579;

/// Brings the schema up to date. Several processes may call this at once: SQLite's write lock or a
/// PostgreSQL advisory lock lets one of them work and the others find it done.
pub async fn run(writer: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = database::begin(writer).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({POSTGRES_LOCK})")).await?;
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// The names of all migrations, in their order.
pub fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// Whether every migration has run.
pub async fn is_current(connection: &DatabaseConnection) -> Result<bool, DbErr> {
    Ok(Migrator::get_pending_migrations(connection).await?.is_empty())
}
