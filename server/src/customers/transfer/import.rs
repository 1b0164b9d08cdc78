//! Customers out of a file: all of it in one transaction, which a dry run takes back.

use std::{collections::HashMap, io::Read};

use latchkey_shared::{
    ids::{CustomerId, WebshopId},
    validation::normal_email,
};
use latchkey_store::{Access, customers as store, entity::customer, webshops as webshop_store};
use sea_orm::ConnectionTrait;

use super::{
    columns::{Column, Row},
    first_line::{columns, reader},
};
use crate::{
    audit::Origin,
    customers::{self, NewCustomer},
    error::{AppError, AppResult, check},
    state::AppState,
    webshops,
};

/// How to go about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Say what would happen and keep nothing of it.
    pub dry_run: bool,
    /// Keep the other rows where some are refused; else one refused row keeps all of them out.
    pub skip_refused: bool,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Added,
    /// These columns of that customer.
    Changed(CustomerId, Vec<&'static str>),
    Unchanged,
    /// Why, in words.
    Refused(String),
}

/// A row that was looked at.
#[derive(Clone, Debug)]
pub struct Looked {
    /// In the file, counted from 1; a row of several lines begins there.
    pub line: u64,
    pub name: String,
    pub outcome: Outcome,
    /// How much of the file is read, in bytes.
    pub read: u64,
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub refused: u64,
    /// Whether it was kept.
    pub kept: bool,
}

/// Why a file cannot be taken at all, in words.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}")]
    File(#[from] csv::Error),
    #[error("{0}")]
    Read(#[from] std::io::Error),
    #[error("{0}")]
    App(#[from] AppError),
    #[error("the first line has a column {0:?}; the columns are: {known}", known = Column::ALL.map(Column::name).join(", "))]
    UnknownColumn(String),
    #[error("the first line names the column {0} twice")]
    DoubleColumn(&'static str),
    #[error("the first line must name the columns, and “name” among them")]
    NoName,
}

/// Reads `file`. A row belongs to the customer with its external id, else with its e-mail address; where it has
/// neither, to the one with its id and name. What no customer has yet is added, what differs is changed in the
/// columns that the file has. `report` is told of each row.
///
/// # Errors
/// Where the file cannot be read, its first line is wrong, or the database fails; nothing is kept then.
pub async fn import(
    app: &AppState,
    file: impl Read,
    options: Options,
    mut report: impl FnMut(&Looked),
) -> Result<Tally, ImportError> {
    let (mut reader, line_feeds) = reader(file)?;
    let columns = columns(reader.byte_headers()?)?;
    let transaction = app.store.begin().await.map_err(AppError::from)?;
    let mut import = Import {
        connection: &transaction,
        now: app.clock.now(),
        origin: Origin::system("import"),
        lines: HashMap::new(),
        webshops: webshop_store::names(&transaction).await.map_err(AppError::from)?,
    };
    let mut tally = Tally::default();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let line = record.position().map_or(0, csv::Position::line) + line_feeds;
        let (name, outcome) = import.row(line, &columns, &record).await?;
        match outcome {
            Outcome::Added => tally.added += 1,
            Outcome::Changed(..) => tally.changed += 1,
            Outcome::Unchanged => tally.unchanged += 1,
            Outcome::Refused(_) => tally.refused += 1,
        }
        report(&Looked { line, name, outcome, read: reader.position().byte() });
    }
    tally.kept = !options.dry_run && (tally.refused == 0 || options.skip_refused);
    if tally.kept {
        transaction.commit().await.map_err(AppError::from)?;
    }
    Ok(tally)
}

struct Import<'c, C> {
    connection: &'c C,
    now: i64,
    origin: Origin,
    /// In which line a customer was named.
    lines: HashMap<i64, u64>,
    /// Their names by number.
    webshops: HashMap<i64, String>,
}

impl<C: ConnectionTrait> Import<'_, C> {
    /// Takes a row; answers its name and what became of it.
    async fn row(
        &mut self,
        line: u64,
        columns: &[Column],
        record: &csv::ByteRecord,
    ) -> AppResult<(String, Outcome)> {
        let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        let refused = |name: &str, words: &str| (name.to_owned(), Outcome::Refused(words.to_owned()));
        let Ok(cells) = cells else { return Ok(refused("", "save the file as UTF-8")) };
        if cells.len() != columns.len() {
            let words = format!("there are {} cells, the first line has {}", cells.len(), columns.len());
            return Ok(refused("", &words));
        }
        let mut asked = Row::default();
        if let Err(words) = fill(&mut asked, columns, &cells) {
            return Ok(refused(&asked.form.name, &words));
        }
        let name = asked.form.name.trim().to_owned();
        let known_shop = asked.webshop.is_empty() || self.webshops.values().any(|own| *own == asked.webshop);
        if !known_shop {
            return Ok(refused(&name, &format!("webshop: there is none called “{}”", asked.webshop)));
        }
        let known = match self.known(&asked).await? {
            Ok(known) => known,
            Err(words) => return Ok(refused(&name, &words)),
        };
        if let Some(earlier) = known.as_ref().and_then(|row| self.lines.get(&row.id)) {
            return Ok(refused(&name, &format!("this is the customer of line {earlier} again")));
        }
        let written = match known {
            Some(row) => self.change(row, columns, &cells).await,
            None => self.add(&asked).await,
        };
        match written {
            Ok((id, outcome)) => {
                self.lines.insert(id, line);
                Ok((name, outcome))
            }
            Err(error) => Ok((name, Outcome::Refused(in_words(error)?))),
        }
    }

    /// Whom the row means, if anybody; in words where that cannot be told.
    async fn known(&self, asked: &Row) -> AppResult<Result<Option<customer::Model>, String>> {
        let external_id = asked.form.external_id.trim();
        if !external_id.is_empty() {
            let found = store::with_external_id(self.connection, external_id).await?;
            if !found.is_empty() {
                return Ok(choose(found, asked.id, "external id"));
            }
        }
        let email = normal_email(&asked.form.email);
        if !email.is_empty() {
            let mut found = store::with_email(self.connection, &email).await?;
            // Somebody with another external id is somebody else.
            found.retain(|row| external_id.is_empty() || row.external_id.is_empty());
            return Ok(choose(found, asked.id, "e-mail address"));
        }
        let (true, Some(id)) = (external_id.is_empty(), asked.id) else { return Ok(Ok(None)) };
        let found = store::find(self.connection, Access::All, CustomerId(id)).await?;
        Ok(match found {
            Some(row) if row.name != asked.form.name.trim() => Err(format!(
                "customer {id} is called “{}” here; give this row an external id or an e-mail address",
                row.name
            )),
            found => Ok(found),
        })
    }

    async fn add(&self, asked: &Row) -> AppResult<(i64, Outcome)> {
        let form = asked.form.clone();
        check(&form)?;
        let new = NewCustomer {
            name: form.name,
            email: form.email,
            company: form.company,
            phone: form.phone,
            country: form.country,
            notes: form.notes,
            external_id: form.external_id,
            allow_activation_management: form.allow_activation_management,
            allow_multiple_users: form.allow_multiple_users,
            source: "import",
            ..NewCustomer::default()
        };
        customers::refuse_duplicate(self.connection, None, &new.email, &new.external_id).await?;
        let row = customers::insert(self.connection, self.now, &self.origin, new).await?;
        let row = self.bound(row, &asked.webshop).await?;
        let id = row.id;
        if asked.disabled {
            customers::switch(self.connection, self.now, &self.origin, row, true, String::new()).await?;
        }
        Ok((id, Outcome::Added))
    }

    /// Binds a customer to the webshop of that name.
    async fn bound(&self, row: customer::Model, name: &str) -> AppResult<customer::Model> {
        match self.webshops.iter().find(|(_, own)| *own == name) {
            Some((id, _)) => {
                webshops::bind_on(self.connection, self.now, &self.origin, row, WebshopId(*id)).await
            }
            None => Ok(row),
        }
    }

    /// Changes what the file's columns say and leaves the others as they are.
    async fn change(
        &self,
        row: customer::Model,
        columns: &[Column],
        cells: &[&str],
    ) -> AppResult<(i64, Outcome)> {
        let (id, before) = (row.id, Row::of(&row, &self.webshops));
        let mut wanted = before.clone();
        if let Err(words) = fill(&mut wanted, columns, cells) {
            return Ok((id, Outcome::Refused(words)));
        }
        check(&wanted.form)?;
        let row = customers::change(self.connection, self.now, &self.origin, row, wanted.form).await?;
        let row = self.bound(row, &wanted.webshop).await?;
        let row = if row.disabled == wanted.disabled {
            row
        } else {
            customers::switch(self.connection, self.now, &self.origin, row, wanted.disabled, String::new())
                .await?
        };
        let after = Row::of(&row, &self.webshops);
        let differs = |column: &Column| column.cell(&before) != column.cell(&after);
        let changed: Vec<_> = Column::ALL.into_iter().filter(differs).map(Column::name).collect();
        let outcome =
            if changed.is_empty() { Outcome::Unchanged } else { Outcome::Changed(CustomerId(id), changed) };
        Ok((id, outcome))
    }
}

fn fill(row: &mut Row, columns: &[Column], cells: &[&str]) -> Result<(), String> {
    columns.iter().zip(cells).try_for_each(|(column, cell)| column.read(cell, row))
}

/// Of several who are alike the one with the row's id.
fn choose(
    found: Vec<customer::Model>,
    id: Option<i64>,
    alike: &str,
) -> Result<Option<customer::Model>, String> {
    if found.len() < 2 {
        return Ok(found.into_iter().next());
    }
    let ids: Vec<String> = found.iter().map(|row| row.id.to_string()).collect();
    found.into_iter().find(|row| Some(row.id) == id).map(Some).ok_or_else(|| {
        format!("customers {} have this {alike}; write the id of the one that is meant", ids.join(" and "))
    })
}

/// What is wrong with a row, beside which column. What is not the row's fault ends the import.
fn in_words(error: AppError) -> AppResult<String> {
    if error.field_errors().is_empty() { Err(error) } else { Ok(error.to_string()) }
}
