//! Customers into a file.

use std::io::Write;

use latchkey_store::{Access, customers as store, webshops};
use sea_orm::DbErr;

use super::columns::{Column, Row};
use crate::state::AppState;

/// Rows that are read at once.
const ROWS_AT_ONCE: u64 = 1_000;

/// What can go wrong, in words.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("{0}")]
    Database(#[from] DbErr),
    #[error("{0}")]
    File(#[from] csv::Error),
    #[error("{0}")]
    Written(#[from] std::io::Error),
}

/// Writes all customers, the oldest first; `progress` is told how many are written. Answers their number.
///
/// # Errors
/// Where the database cannot be read or the file not be written.
pub async fn export(
    app: &AppState,
    file: impl Write,
    mut progress: impl FnMut(u64),
) -> Result<u64, ExportError> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(Column::ALL.map(Column::name))?;
    let webshops = webshops::names(app.store.read()).await?;
    let (mut last, mut written) = (0, 0);
    loop {
        let rows = store::after(app.store.read(), Access::All, last, ROWS_AT_ONCE).await?;
        let Some(newest) = rows.last() else { break };
        last = newest.id;
        for row in &rows {
            let row = Row::of(row, &webshops);
            writer.write_record(Column::ALL.map(|column| column.cell(&row)))?;
            written += 1;
        }
        progress(written);
    }
    writer.flush()?;
    Ok(written)
}
