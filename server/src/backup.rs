//! Backups: all tables as lines of JSON, the same for both databases, so that one can move from SQLite to
//! PostgreSQL.
//!
//! ```text
//! {"latchkey_backup":1,"version":"0.1.0","schema":["m2026…"],"made":"2026-11-21T14:00:00Z"}
//! {"table":"customer","columns":["id","name",…]}
//! [1,"Ada",…]
//! …
//! {"rows":4711}
//! ```
//!
//! Secrets stay sealed; who restores needs the secret key file too.

use std::io::{BufRead, Write};

use latchkey_shared::time::Timestamp;
use latchkey_store::{
    Store,
    tables::{self, Reading, Table, Writing},
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form of the file.
const FORM: u32 = 1;

/// What can go wrong, in words.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0}")]
    Database(#[from] DbErr),
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("line {0} of the backup cannot be read")]
    Line(u64),
    #[error("this is no backup of Latchkey")]
    Foreign,
    #[error(
        "the backup was made by Latchkey {version} with another schema; restore it with that version, then start this one"
    )]
    Schema { version: String },
    #[error("the backup is not complete: it breaks off after {0} rows")]
    Incomplete(u64),
    #[error("this database is not empty; restore into an empty one")]
    NotEmpty,
}

#[derive(Serialize, Deserialize)]
struct Header {
    latchkey_backup: u32,
    version: String,
    schema: Vec<String>,
    made: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<Value>),
    Table { table: String, columns: Vec<String> },
    End { rows: u64 },
}

/// Writes everything as it stands at one moment; others go on reading and writing meanwhile. `progress` is told
/// each table's name and number of rows. Answers the number of rows.
///
/// # Errors
/// Where the database cannot be read or the file not be written.
pub async fn back_up(
    store: &Store,
    now: i64,
    file: impl Write + Send,
    progress: impl FnMut(&str, u64) + Send,
) -> Result<u64, BackupError> {
    let mut writer = Writer { file, progress, table: None, rows: 0, all: 0 };
    let header = Header {
        latchkey_backup: FORM,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: tables::schema(),
        made: Timestamp::from_millis(now),
    };
    writer.line(&header)?;
    tables::read_all(store, &mut writer).await?;
    writer.end_table();
    let rows = writer.all;
    writer.line(&Line::End { rows })?;
    writer.file.flush()?;
    Ok(rows)
}

struct Writer<F, P> {
    file: F,
    progress: P,
    table: Option<String>,
    rows: u64,
    all: u64,
}

impl<F: Write, P: FnMut(&str, u64)> Writer<F, P> {
    fn line(&mut self, line: &impl Serialize) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.file, line)?;
        self.file.write_all(b"\n")
    }

    fn end_table(&mut self) {
        if let Some(table) = self.table.take() {
            (self.progress)(&table, self.rows);
        }
        self.rows = 0;
    }
}

impl<F: Write + Send, P: FnMut(&str, u64) + Send> Reading for Writer<F, P> {
    fn table(&mut self, table: &Table) -> Result<(), DbErr> {
        self.end_table();
        self.table = Some(table.name.clone());
        let columns = table.columns().into_iter().map(str::to_owned).collect();
        self.line(&Line::Table { table: table.name.clone(), columns }).map_err(unwritten)
    }

    fn row(&mut self, row: Vec<Value>) -> Result<(), DbErr> {
        self.rows += 1;
        self.all += 1;
        self.line(&Line::Row(row)).map_err(unwritten)
    }
}

fn unwritten(error: std::io::Error) -> DbErr {
    DbErr::Custom(format!("the backup cannot be written: {error}"))
}

/// Puts a backup into an empty database, all of it or nothing. Answers the number of rows.
///
/// # Errors
/// Where the database is not empty, or the backup is foreign, of another schema, damaged or not complete.
pub async fn restore(
    store: &Store,
    file: impl BufRead + Send,
    mut progress: impl FnMut(&str, u64) + Send,
) -> Result<u64, BackupError> {
    if !tables::are_empty(store).await? {
        return Err(BackupError::NotEmpty);
    }
    let mut lines = file.lines();
    let first = lines.next().ok_or(BackupError::Foreign)??;
    let header: Header = serde_json::from_str(&first).map_err(|_| BackupError::Foreign)?;
    if header.latchkey_backup != FORM || header.schema != tables::schema() {
        return Err(BackupError::Schema { version: header.version });
    }
    let mut writing = Writing::begin(store).await?;
    let (mut number, mut rows, mut in_table) = (1, 0, 0);
    let mut current: Option<String> = None;
    let mut complete = false;
    for line in lines {
        number += 1;
        match serde_json::from_str(&line?).map_err(|_| BackupError::Line(number))? {
            _ if complete => return Err(BackupError::Line(number)),
            Line::Row(row) => {
                writing.row(row).await?;
                rows += 1;
                in_table += 1;
            }
            Line::Table { table, columns } => {
                if let Some(before) = current.replace(table.clone()) {
                    progress(&before, std::mem::take(&mut in_table));
                }
                writing.table(&table, &columns).await?;
            }
            Line::End { rows: all } => complete = all == rows,
        }
    }
    if !complete {
        return Err(BackupError::Incomplete(rows));
    }
    if let Some(last) = current {
        progress(&last, in_table);
    }
    writing.commit().await?;
    Ok(rows)
}
