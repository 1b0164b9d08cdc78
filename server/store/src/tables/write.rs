//! Reading tables back.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, Value as DbValue,
    sea_query::{Alias, Expr, Query},
};
use serde_json::Value;

use super::{Column, Kind, Table, all};
use crate::Store;

/// Rows that go into one statement. Both databases allow more than 30,000 values in one.
const ROWS_AT_ONCE: usize = 500;

/// Puts rows into an empty database, all or none.
pub struct Writing {
    transaction: DatabaseTransaction,
    table: Option<Table>,
    waiting: Vec<Vec<Expr>>,
}

impl Writing {
    pub async fn begin(store: &Store) -> Result<Self, DbErr> {
        let transaction = store.begin().await?;
        Ok(Self { transaction, table: None, waiting: Vec::new() })
    }

    /// The rows that follow belong to this table and have these columns.
    ///
    /// # Errors
    /// Where there is no such table or its columns are others.
    pub async fn table(&mut self, name: &str, columns: &[String]) -> Result<(), DbErr> {
        self.flush().await?;
        let table = all().into_iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| DbErr::Custom(format!("there is no table {name}")))?;
        if table.columns() != columns {
            return Err(DbErr::Custom(format!("the columns of {name} are not those of this version")));
        }
        self.table = Some(table);
        Ok(())
    }

    /// Adds a row to the table named last.
    ///
    /// # Errors
    /// Where a value does not fit its column.
    pub async fn row(&mut self, row: Vec<Value>) -> Result<(), DbErr> {
        let table = self.table.as_ref().ok_or_else(|| DbErr::Custom("a row without a table".to_owned()))?;
        if row.len() != table.columns.len() {
            return Err(DbErr::Custom(format!("a row of {} has {} values", table.name, row.len())));
        }
        let values = table.columns.iter().zip(row);
        let values = values.map(|(column, value)| Ok(Expr::value(db_value(table, column, value)?)));
        let values = values.collect::<Result<Vec<_>, DbErr>>()?;
        self.waiting.push(values);
        if self.waiting.len() >= ROWS_AT_ONCE { self.flush().await } else { Ok(()) }
    }

    /// Keeps everything.
    pub async fn commit(mut self) -> Result<(), DbErr> {
        self.flush().await?;
        count_on(&self.transaction).await?;
        self.transaction.commit().await
    }

    async fn flush(&mut self) -> Result<(), DbErr> {
        let rows = std::mem::take(&mut self.waiting);
        let Some(table) = self.table.as_ref().filter(|_| !rows.is_empty()) else { return Ok(()) };
        let mut insert = Query::insert();
        insert.into_table(Alias::new(&table.name));
        insert.columns(table.columns.iter().map(|column| Alias::new(&column.name)));
        for row in rows {
            insert.values(row).map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        self.transaction.execute(&insert).await?;
        Ok(())
    }
}

/// After rows with ids of their own: lets the database count on after the largest. SQLite does so by itself.
pub async fn count_on(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for Table { name, .. } in all().iter().filter(|table| table.counted) {
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM \"{name}\""
        );
        transaction.execute_unprepared(&sql).await?;
    }
    Ok(())
}

fn db_value(table: &Table, column: &Column, value: Value) -> Result<DbValue, DbErr> {
    let wrong = || DbErr::Custom(format!("a value of {}.{} cannot be used", table.name, column.name));
    if value.is_null() && column.nullable {
        return Ok(match column.kind {
            Kind::Integer => None::<i64>.into(),
            Kind::Text => None::<String>.into(),
            Kind::Bool => None::<bool>.into(),
            Kind::Json => None::<Value>.into(),
            Kind::Bytes => None::<Vec<u8>>.into(),
        });
    }
    Ok(match (column.kind, value) {
        (Kind::Integer, value) => value.as_i64().ok_or_else(wrong)?.into(),
        (Kind::Text, Value::String(text)) => text.into(),
        (Kind::Bool, Value::Bool(truth)) => truth.into(),
        (Kind::Json, value) => value.into(),
        (Kind::Bytes, Value::String(text)) => STANDARD.decode(text).map_err(|_| wrong())?.into(),
        _ => return Err(wrong()),
    })
}
