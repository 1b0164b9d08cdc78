//! `latchkey backup FILE`, `latchkey restore FILE`.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use clap::Args;
use latchkey_store::Store;

use crate::{backup, cli::CliResult, clock::Clock, config::DatabaseArgs};

#[derive(Args)]
pub struct BackupArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The file; it must not exist yet.
    file: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// A file that `latchkey backup` wrote.
    file: PathBuf,
}

pub async fn back_up(args: BackupArgs) -> CliResult {
    let shown = args.file.display();
    let store = open(&args.database).await?;
    if args.file.exists() {
        return Err(format!("{shown} exists already"));
    }
    let unfinished = beside(&args.file);
    let write = async {
        let file = create(&unfinished)?;
        let rows = backup::back_up(&store, Clock::default().now(), BufWriter::new(&file), report).await?;
        file.sync_all()?;
        fs::rename(&unfinished, &args.file)?;
        Ok::<u64, backup::BackupError>(rows)
    };
    match write.await {
        Ok(rows) => {
            eprintln!("{rows} rows were written to {shown}.");
            eprintln!(
                "Keep the secret key file {} too: without it the secrets in the backup stay sealed.",
                args.database.secret_key_file.display()
            );
            Ok(())
        }
        Err(error) => {
            // Half a backup is worth nothing; that it could not be removed either says nothing new.
            let _ = fs::remove_file(&unfinished);
            Err(format!("cannot back up to {shown}: {error}"))
        }
    }
}

pub async fn restore(args: RestoreArgs) -> CliResult {
    let shown = args.file.display();
    let file = File::open(&args.file).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let store = open(&args.database).await?;
    let rows = backup::restore(&store, BufReader::new(file), report)
        .await
        .map_err(|error| format!("cannot restore {shown}: {error}"))?;
    eprintln!("{rows} rows were restored.");
    if !args.database.secret_key_file.exists() {
        eprintln!(
            "Put the secret key file of the old installation to {} before you start `latchkey serve`.",
            args.database.secret_key_file.display()
        );
    }
    Ok(())
}

/// Opens the database without the secret key file: what is sealed stays sealed.
async fn open(database: &DatabaseArgs) -> Result<Store, String> {
    Store::open(&database.database).await.map_err(|error| format!("cannot open the database: {error}"))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}

/// For its owner's eyes only: it holds customers' data and password hashes.
fn create(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

fn report(table: &str, rows: u64) {
    if rows > 0 {
        eprintln!("{table}: {rows}");
    }
}
