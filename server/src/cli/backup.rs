//! `latchkey backup FILE`, `latchkey restore FILE`.

use std::{
    fs::File,
    io::{BufReader, BufWriter},
    path::PathBuf,
};

use clap::Args;
use latchkey_store::Store;

use crate::{
    backup,
    cli::{CliResult, whole_file::WholeFile},
    clock::Clock,
    config::DatabaseArgs,
};

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
    args.database.must_exist()?;
    let store = open(&args.database).await?;
    let whole = WholeFile::begin(&args.file)?;
    let write = async {
        let now = Clock::default().now();
        let rows = backup::back_up(&store, now, BufWriter::new(whole.file()), report).await?;
        whole.keep()?;
        Ok::<u64, backup::BackupError>(rows)
    };
    let rows = write.await.map_err(|error| format!("cannot back up to {shown}: {error}"))?;
    eprintln!("{rows} rows were written to {shown}.");
    eprintln!(
        "Keep the secret key file {} too: without it the secrets in the backup stay sealed.",
        args.database.secret_key_file.display()
    );
    Ok(())
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

fn report(table: &str, rows: u64) {
    if rows > 0 {
        eprintln!("{table}: {rows}");
    }
}
