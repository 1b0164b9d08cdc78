//! Files that wait to be moved in: uploaded one by one, read to their end at once, and gone after a week.

use std::io::Cursor;

use bytes::Bytes;
use latchkey_shared::api::move_in::{ALL_LIMIT, FILE_LIMIT, FILES_LIMIT, FileRows, MoveInFile};
use latchkey_store::{
    entity::move_in_file,
    move_in_files::{self as store, File},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use super::{
    background,
    read::{self, Found, Kind},
};
use crate::{
    clock::DAY,
    error::{AppError, AppResult},
    state::AppState,
};

/// What is said of a file beyond [`FILE_LIMIT`].
pub const TOO_LARGE: &str = "A file may hold 16 MB. Split it, or use the command line.";
/// The longest name of a file, in characters.
const NAME_MAX: usize = 200;
/// How long files wait.
const KEPT_FOR: i64 = 7 * DAY;

/// The files that wait.
pub async fn list(app: &AppState) -> AppResult<Vec<MoveInFile>> {
    Ok(store::all(app.store.read()).await?.into_iter().map(described).collect())
}

fn described(row: File) -> MoveInFile {
    MoveInFile { id: row.id, name: row.name, size: row.size, rows: rows(&row.rows), problem: row.problem }
}

/// How many rows are in a file, as it was noted.
fn rows(noted: &serde_json::Value) -> FileRows {
    serde_json::from_value(noted.clone()).unwrap_or_default()
}

/// The same as the files are read.
pub fn found(file: &File) -> Found {
    let rows = rows(&file.rows);
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Found::new([rows.products, rows.customers, rows.keys, rows.objects].map(count))
}

/// Adds a file; one of the same name gives way.
pub async fn add(app: &AppState, name: &str, bytes: Bytes) -> AppResult<MoveInFile> {
    let name = name.trim();
    if name.is_empty() || name.contains(char::is_control) || name.chars().count() > NAME_MAX {
        return Err(AppError::field("file", "The file needs a name of at most 200 characters."));
    }
    if bytes.len() > FILE_LIMIT {
        return Err(AppError::too_large(TOO_LARGE));
    }
    let content = bytes.clone();
    let survey = tokio::task::spawn_blocking(move || read::survey(Cursor::new(content)));
    let (found, problem) = match survey.await.map_err(AppError::internal)? {
        Ok(found) => (found, None),
        Err(problem) => (Found::default(), Some(problem.to_string())),
    };
    let of = |kind| found.of(kind);
    let row = move_in_file::ActiveModel {
        id: NotSet,
        name: Set(name.to_owned()),
        size: Set(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        bytes: Set(bytes.to_vec()),
        rows: Set(json!({
            "products": of(Kind::Product), "customers": of(Kind::Customer), "keys": of(Kind::Key),
            "objects": of(Kind::Object),
        })),
        problem: Set(problem),
        created_at: Set(app.clock.now()),
    };
    let transaction = app.store.begin().await?;
    background::refuse_while_running(&transaction, app.clock.now()).await?;
    store::remove_named(&transaction, name).await?;
    refuse_too_many(&transaction, bytes.len()).await?;
    let row = store::insert(&transaction, row).await?;
    transaction.commit().await?;
    Ok(MoveInFile { id: row.id, rows: rows(&row.rows), name: row.name, size: row.size, problem: row.problem })
}

async fn refuse_too_many<C: ConnectionTrait>(connection: &C, more: usize) -> AppResult<()> {
    let files = store::all(connection).await?;
    let held: i64 = files.iter().map(|file| file.size).sum();
    let all = held.saturating_add(i64::try_from(more).unwrap_or(i64::MAX));
    if files.len() >= FILES_LIMIT || all > ALL_LIMIT {
        return Err(AppError::conflict(
            "too_many_files",
            "No more files fit: 2,000 files and 512 MB in all. Use the command line for larger accounts.",
        ));
    }
    Ok(())
}

/// Removes a file; 404 where there is none.
pub async fn remove(app: &AppState, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    background::refuse_while_running(&transaction, app.clock.now()).await?;
    if !store::remove(&transaction, id).await? {
        return Err(AppError::not_found("file"));
    }
    Ok(transaction.commit().await?)
}

/// Removes every file.
pub async fn remove_all(app: &AppState) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    background::refuse_while_running(&transaction, app.clock.now()).await?;
    store::remove_all(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// Removes files that have waited too long: they hold customers' data.
pub async fn sweep<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    Ok(store::sweep(connection, now - KEPT_FOR).await?)
}
