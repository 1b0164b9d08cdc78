//! Going through the files: products first, then customers, then keys, then lists of data objects.
//!
//! Rows are put in some hundred at a time, each lot in a transaction of its own, so that others can write between
//! them. What was broken off is simply run again: what is in already is the same then.

use std::{io::Read, path::PathBuf};

use latchkey_store::move_in_files;
use sea_orm::ConnectionTrait;
use tokio::sync::mpsc;

use super::{
    FILE_LIMIT, ROWS_LIMIT, Report, Tally,
    put::{self, Context, Outcome, Put},
    read::{self, Found, Kind, Raw, Unreadable},
    rows::{Attached, Customer, Key, Product, Words},
};
use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    state::AppState,
};

/// Rows that are put in together.
const ROWS: usize = 200;
/// About how many bytes they may hold.
const WEIGHT: usize = 4 * 1024 * 1024;

/// Where a file is.
#[derive(Clone, Debug)]
pub enum Source {
    Path(PathBuf),
    /// Uploaded, under this number.
    Uploaded(i64),
}

impl Source {
    async fn open(&self, app: &AppState) -> AppResult<Result<Box<dyn Read + Send>, Unreadable>> {
        match self {
            Self::Path(path) => Ok(opened(path)),
            Self::Uploaded(id) => {
                let bytes = move_in_files::bytes(app.store.read(), *id).await?;
                let bytes = bytes.ok_or_else(|| AppError::not_found("file"))?;
                Ok(Ok(Box::new(std::io::Cursor::new(bytes))))
            }
        }
    }
}

fn opened(path: &PathBuf) -> Result<Box<dyn Read + Send>, Unreadable> {
    let file = std::fs::File::open(path)?;
    if file.metadata()?.len() > FILE_LIMIT {
        return Err(Unreadable::TooLarge("4 GB".to_owned()));
    }
    // A file that grows meanwhile, or never ends, is cut off.
    Ok(Box::new(file.take(FILE_LIMIT)))
}

/// A file that can be read to its end.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub source: Source,
    pub found: Found,
}

/// Why an import cannot be made or not be finished.
#[derive(Debug, thiserror::Error)]
pub enum MoveInError {
    #[error("{0}: {1}")]
    File(String, Unreadable),
    #[error("the files hold {0} rows; {limit} can be moved in at once", limit = ROWS_LIMIT)]
    TooMany(u64),
    #[error("{0}")]
    App(#[from] AppError),
}

/// Reads every file to its end, so that nothing is begun where one of them cannot be read.
///
/// # Errors
/// Where a file cannot be read.
pub async fn survey(app: &AppState, files: Vec<(String, Source)>) -> Result<Vec<File>, MoveInError> {
    let (mut surveyed, mut all) = (Vec::new(), Found::default());
    for (name, source) in files {
        let wrong = |error| MoveInError::File(name.clone(), error);
        let reader = source.open(app).await?.map_err(wrong)?;
        let found = tokio::task::spawn_blocking(|| read::survey(reader)).await.map_err(AppError::internal)?;
        let found = found.map_err(wrong)?;
        all.add(found);
        surveyed.push(File { name, source, found });
    }
    if all.all() > ROWS_LIMIT { Err(MoveInError::TooMany(all.all())) } else { Ok(surveyed) }
}

/// A row that was looked at.
#[derive(Clone, Debug)]
pub struct Looked<'f> {
    pub file: &'f str,
    /// Which of its kind in the file, from 1; of CSV the line.
    pub row: u64,
    pub kind: Kind,
    /// Its numbers; empty where they cannot be read.
    pub name: String,
    pub put: Put,
    /// What could not be taken along of it as it was, in words.
    pub remarks: Vec<Words>,
}

/// Is told of every row, and how many are done.
pub type Told<'t> = dyn FnMut(&Looked<'_>, u64) + Send + 't;

/// Moves everything in, or says what would come of it.
///
/// # Errors
/// Where a file cannot be read any more or the database fails; what was put in until then stays.
pub async fn run(
    app: &AppState,
    origin: &Origin,
    files: &[File],
    dry_run: bool,
    told: &mut Told<'_>,
) -> Result<Report, MoveInError> {
    let context = Context::new(app.clock.now(), origin.clone(), dry_run);
    let mut run = Run { app, context, report: Report::default(), done: 0, told };
    for kind in Kind::ALL {
        for file in files.iter().filter(|file| file.found.of(kind) > 0) {
            run.file(kind, file).await?;
        }
    }
    Ok(run.report)
}

struct Run<'r, 't> {
    app: &'r AppState,
    context: Context,
    report: Report,
    done: u64,
    told: &'r mut Told<'t>,
}

impl Run<'_, '_> {
    /// The rows of one kind in a file: read on a thread of its own, a lot ahead of the database.
    async fn file(&mut self, kind: Kind, file: &File) -> Result<(), MoveInError> {
        let wrong = |error| MoveInError::File(file.name.clone(), error);
        let reader = file.source.open(self.app).await?.map_err(wrong)?;
        let (sender, mut lots) = mpsc::channel::<Vec<Raw>>(2);
        let reading = tokio::task::spawn_blocking(move || {
            let (mut lot, mut weight) = (Vec::new(), 0);
            let found = read::rows(reader, &mut |raw| {
                if raw.kind != kind {
                    return true;
                }
                weight += raw.weight;
                lot.push(raw);
                if lot.len() < ROWS && weight < WEIGHT {
                    return true;
                }
                weight = 0;
                sender.blocking_send(std::mem::take(&mut lot)).is_ok()
            });
            if !lot.is_empty() {
                // Nobody takes it where the import ended already.
                let _ = sender.blocking_send(lot);
            }
            found
        });
        while let Some(lot) = lots.recv().await {
            self.lot(kind, &file.name, lot).await?;
        }
        reading.await.map_err(AppError::internal)?.map_err(wrong)?;
        Ok(())
    }

    async fn lot(&mut self, kind: Kind, file: &str, lot: Vec<Raw>) -> AppResult<()> {
        if self.context.dry_run {
            let app = self.app.clone();
            return self.put(app.store.read(), kind, file, lot).await;
        }
        let transaction = self.app.store.begin().await?;
        self.put(&transaction, kind, file, lot).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn put<C: ConnectionTrait>(
        &mut self,
        connection: &C,
        kind: Kind,
        file: &str,
        lot: Vec<Raw>,
    ) -> AppResult<()> {
        let context = &mut self.context;
        match kind {
            Kind::Product => {
                let name = |row: &Product| (format!("product {}", row.id), row.remarks());
                let (places, rows) = parsed(lot, Product::read, name);
                let puts = put::products(connection, context, &rows).await?;
                self.tell(kind, file, places, puts);
            }
            Kind::Customer => {
                let name = |row: &Customer| (format!("customer {}", row.id), Vec::new());
                let (places, rows) = parsed(lot, Customer::read, name);
                let outcomes = put::customers(connection, context, &rows).await?;
                self.tell(kind, file, places, outcomes.into_iter().map(Put::from).collect());
            }
            Kind::Key => {
                let name = |(row, _): &(Key, _)| {
                    (format!("key {} of product {}", row.number, row.product), row.remarks())
                };
                let (places, rows) = parsed(lot, Key::read, name);
                let row = places.first().map_or(0, |place| place.row);
                let (puts, met) = put::keys(connection, context, &rows).await?;
                for (id, outcome) in met {
                    let named = (format!("customer {id}"), Vec::new());
                    self.looked(Kind::Customer, (file, row), named, outcome.into());
                }
                self.tell(kind, file, places, puts);
            }
            Kind::Object => {
                let name = |row: &Attached| {
                    let id = row.object.id.map(|id| format!(" {id}")).unwrap_or_default();
                    (format!("data object{id}"), row.remarks())
                };
                let (places, rows) = parsed(lot, Attached::read, name);
                let puts = put::objects(connection, context, &rows).await?;
                self.tell(kind, file, places, puts);
            }
        }
        Ok(())
    }

    /// Tells of a lot: what became of the rows that could be read.
    fn tell(&mut self, kind: Kind, file: &str, places: Vec<Place>, puts: Vec<Put>) {
        let mut puts = puts.into_iter();
        for Place { row, read } in places {
            self.done += 1;
            match read {
                Ok(named) => {
                    if let Some(put) = puts.next() {
                        self.looked(kind, (file, row), named, put);
                    }
                }
                Err(words) => {
                    let outcome = Outcome::Refused(words);
                    let objects = if kind == Kind::Object { Tally::of(&outcome) } else { Tally::default() };
                    self.looked(kind, (file, row), Named::default(), Put { outcome, objects });
                }
            }
        }
    }

    fn looked(&mut self, kind: Kind, (file, row): (&str, u64), (name, remarks): Named, put: Put) {
        self.report.count(kind, &put);
        let remarks = if matches!(put.outcome, Outcome::Refused(_)) { Vec::new() } else { remarks };
        (self.told)(&Looked { file, row, kind, name, put, remarks }, self.done);
    }
}

/// The name of a row, and what cannot be taken along of it.
type Named = (String, Vec<Words>);

/// Where a row stands, and what it is or why it cannot be read.
struct Place {
    row: u64,
    read: Result<Named, Words>,
}

fn parsed<T>(
    lot: Vec<Raw>,
    read: impl Fn(&read::Node) -> Result<T, Words>,
    name: impl Fn(&T) -> Named,
) -> (Vec<Place>, Vec<T>) {
    let mut rows = Vec::new();
    let places = lot.into_iter().map(|raw| {
        let read = read(&raw.node).map(|row| {
            let name = name(&row);
            rows.push(row);
            name
        });
        Place { row: raw.row, read }
    });
    (places.collect(), rows)
}
