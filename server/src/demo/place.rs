//! Where a demo keeps its data: its own database, marked as a demo's, and beside it what the Stripe stand-in
//! remembers. Either both are there or the demo begins anew.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use latchkey_store::{Store, entity::vendor as vendor_row, tables};
use latchkey_stripe_fake::FakeStripe;
use sea_orm::EntityTrait as _;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    config::DatabaseArgs,
    error::{AppError, AppResult},
    vendor,
};

/// How often what the stand-in remembers is written down, for a demo that is killed.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// A demo's folder and database.
#[derive(Clone, Debug)]
pub struct Place {
    pub folder: PathBuf,
    /// Instead of a file in the folder.
    pub database: Option<String>,
    /// Begin anew.
    pub fresh: bool,
}

impl Place {
    pub fn database_args(&self) -> DatabaseArgs {
        let file = || format!("sqlite://{}", self.folder.join("demo.db").display());
        DatabaseArgs {
            database: self.database.clone().unwrap_or_else(file),
            secret_key_file: self.folder.join("demo.key"),
        }
    }

    fn memory(&self) -> PathBuf {
        self.folder.join("stripe.json")
    }

    /// Makes the folder, and sees that the database is a demo's and fits the stand-in's memory.
    ///
    /// # Errors
    /// Where the database is a real vendor's.
    pub async fn open(&self) -> AppResult<()> {
        let folder = self.folder.display();
        fs::create_dir_all(&self.folder)
            .map_err(|error| AppError::internal(format!("cannot make the folder {folder}: {error}")))?;
        let store = Store::open(&self.database_args().database).await?;
        let row = vendor_row::Entity::find_by_id(vendor::ID).one(store.read()).await?;
        let complete = self.memory().exists() && self.database_args().secret_key_file.exists();
        match row {
            Some(row) if !row.demo => {
                return Err(AppError::internal(
                    "this database is a real vendor's; the demo needs one of its own",
                ));
            }
            Some(_) if complete && !self.fresh => {}
            _ => {
                tables::empty(&store).await?;
                remove(&self.memory())?;
            }
        }
        Ok(store.close().await?)
    }

    /// Gives the stand-in its memory back; false where there is none.
    pub fn recall(&self, fake: &FakeStripe) -> AppResult<bool> {
        let memory = self.memory();
        if !memory.exists() {
            return Ok(false);
        }
        let text = fs::read(&memory).map_err(AppError::internal)?;
        let snapshot: Value = serde_json::from_slice(&text).map_err(AppError::internal)?;
        fake.restore(snapshot).map_err(AppError::internal)?;
        Ok(true)
    }

    /// Writes down what the stand-in remembers.
    pub fn keep(&self, fake: &FakeStripe) {
        if let Err(error) = replace(&self.memory(), &fake.snapshot()) {
            tracing::warn!(%error, "what the Stripe stand-in remembers could not be kept");
        }
    }

    /// Does so again and again until `stop`.
    pub fn keep_often(&self, fake: FakeStripe, stop: CancellationToken) {
        let place = self.clone();
        tokio::spawn(async move {
            while !stop.is_cancelled() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(KEEP_EVERY) => place.keep(&fake),
                }
            }
        });
    }
}

/// Writes a file so that there is always a whole one.
fn replace(path: &Path, value: &Value) -> io::Result<()> {
    let beside = path.with_extension("json.new");
    fs::write(&beside, value.to_string())?;
    fs::rename(beside, path)
}

fn remove(path: &Path) -> AppResult<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(AppError::internal(error)),
        _ => Ok(()),
    }
}
