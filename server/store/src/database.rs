//! Connections: one writer and several readers on SQLite, one pool on PostgreSQL.

use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt as _, path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::migration;

/// How long a write waits for another process's write on SQLite.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long anything waits for a connection of the pool.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
const READERS: u32 = 8;

/// The database. Cheap to clone.
///
/// Reads go to [`Store::read`]; everything that writes takes a transaction from [`Store::begin`], which on
/// SQLite begins `IMMEDIATE`, so that a transaction that has read never fails for want of the write lock.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Store {
    /// Connects and brings the schema up to date. `url` is `sqlite://FILE` or `postgres://…`.
    ///
    /// # Errors
    /// Where the database cannot be reached or migrated.
    pub async fn open(url: &str) -> Result<Self, DbErr> {
        let store = Self::connect(url).await?;
        migration::run(&store.writer).await?;
        Ok(store)
    }

    /// Connects and leaves the schema as it is: for looking at it.
    ///
    /// # Errors
    /// Where the database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, DbErr> {
        Ok(if url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite_options(url, 1, true)).await?;
            let reader = Database::connect(sqlite_options(url, READERS, false)).await?;
            Self { reader, writer }
        } else {
            let mut options = ConnectOptions::new(url);
            options.max_connections(16).acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false);
            let pool = Database::connect(options).await?;
            Self { reader: pool.clone(), writer: pool }
        })
    }

    /// For reads that need no transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A transaction that may write; nothing is kept unless it is committed.
    ///
    /// # Errors
    /// Where no connection or write lock can be had in time.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.writer).await
    }

    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Whether the database answers and its schema is current.
    pub async fn is_ready(&self) -> Result<bool, DbErr> {
        migration::is_current(&self.reader).await
    }

    /// The connection that may write, for what must not run in a transaction (online backup).
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Waits for running statements and closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}

pub(crate) async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        })
        .await
}

/// Makes the file, where there is none, for its owner's eyes only: customers' data are nobody else's business on this
/// machine. What goes wrong with it is said when it is opened.
fn make_private(file: &Path) {
    if !file.as_os_str().is_empty() {
        let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    }
}

fn sqlite_options(url: &str, connections: u32, create: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file does not hang up.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            if create {
                make_private(sqlite.get_filename());
            }
            sqlite
                .create_if_missing(create)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                // KiB; the writer touches what all readers do.
                .pragma("cache_size", if create { "-8192" } else { "-2000" })
                // The writer's statements about several rows come in many lengths.
                .statement_cache_capacity(if create { 256 } else { 100 })
                // Pages: what is written again and again goes into the file once.
                .pragma("wal_autocheckpoint", "4000")
        });
    options
}
