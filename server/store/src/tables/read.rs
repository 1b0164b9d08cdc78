//! Writing tables down: rows as JSON arrays, the same whichever database they come from.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures::TryStreamExt as _;
use sea_orm::{
    AccessMode, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, QueryResult, StreamTrait as _,
    TransactionTrait as _,
    sea_query::{Alias, Order, Query},
};
use serde_json::{Value, json};

use super::{Column, Kind, Table, all};
use crate::Store;

/// Takes what is read.
pub trait Reading {
    /// A table begins.
    fn table(&mut self, table: &Table) -> Result<(), DbErr>;
    /// A row of the table that began last, its values in the order of [`Table::columns`].
    fn row(&mut self, row: Vec<Value>) -> Result<(), DbErr>;
}

/// Reads all rows of all tables as they stand at one moment, while others go on writing.
pub async fn read_all(store: &Store, reading: &mut impl Reading) -> Result<(), DbErr> {
    let transaction = snapshot(store).await?;
    for table in all() {
        reading.table(&table)?;
        let mut select = Query::select();
        for column in &table.columns {
            select.column(Alias::new(&column.name));
        }
        select.from(Alias::new(&table.name)).order_by(Alias::new(&table.columns[0].name), Order::Asc);
        let statement = store.backend().build(&select);
        let mut rows = transaction.stream_raw(statement).await?;
        while let Some(row) = rows.try_next().await? {
            let values = table.columns.iter().map(|column| value(&row, column)).collect::<Result<_, _>>()?;
            reading.row(values)?;
        }
    }
    transaction.rollback().await
}

/// A transaction that sees one moment.
async fn snapshot(store: &Store) -> Result<DatabaseTransaction, DbErr> {
    if store.backend() == DbBackend::Postgres {
        let isolation = Some(IsolationLevel::RepeatableRead);
        store.read().begin_with_config(isolation, Some(AccessMode::ReadOnly)).await
    } else {
        store.read().begin().await
    }
}

fn value(row: &QueryResult, column: &Column) -> Result<Value, DbErr> {
    let name = column.name.as_str();
    Ok(match column.kind {
        Kind::Integer => json!(row.try_get::<Option<i64>>("", name)?),
        Kind::Text => json!(row.try_get::<Option<String>>("", name)?),
        Kind::Bool => json!(row.try_get::<Option<bool>>("", name)?),
        Kind::Json => row.try_get::<Option<Value>>("", name)?.unwrap_or_default(),
        Kind::Bytes => json!(row.try_get::<Option<Vec<u8>>>("", name)?.map(|bytes| STANDARD.encode(bytes))),
    })
}
