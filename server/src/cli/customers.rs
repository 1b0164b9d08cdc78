//! `latchkey import`, `latchkey export customers FILE`.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use clap::{Args, Subcommand};
use latchkey_store::numbers;

use crate::{
    cli::{CliResult, move_in, open, progress::Progress, whole_file::WholeFile},
    config::DatabaseArgs,
    customers::transfer::{
        export,
        import::{self, Looked, Options, Outcome, Tally},
    },
};

#[derive(Subcommand)]
pub enum ImportCommand {
    /// Add and change customers from a CSV file, as `export customers` writes it.
    ///
    /// The first line names the columns; `name` must be among them. A row belongs to the customer with its
    /// `external_id`, else with its `email`; what no customer has is added, what differs is changed, and columns
    /// that the file does not have stay as they are. Each row that changes something is reported with its line.
    Customers(ImportArgs),
    /// Move products, keys, machines, customers and data objects in from another licensing service.
    ///
    /// The files are that service's own answers to `GetProducts`, `GetKeys`, `GetCustomers` and `ListDataObjects` as JSON, as
    /// many as there are, in any order; keys and customers also as CSV. Ids, key texts and dates are kept. Rows that
    /// clash with what is here are refused and reported with their place; the others are moved in. Running it again
    /// with the same files changes nothing, with newer ones what changed there since.
    Licences(move_in::MoveInArgs),
}

#[derive(Args)]
pub struct ImportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The CSV file, in UTF-8, its cells separated by commas or semicolons.
    file: PathBuf,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Keep the other rows where some are refused; without it one refused row keeps all of them out.
    #[arg(long)]
    skip_refused: bool,
}

#[derive(Subcommand)]
pub enum ExportCommand {
    /// Write all customers into a CSV file.
    Customers(ExportArgs),
}

#[derive(Args)]
pub struct ExportArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// The file; it must not exist yet.
    file: PathBuf,
}

pub async fn import(command: ImportCommand) -> CliResult {
    let args = match command {
        ImportCommand::Customers(args) => args,
        ImportCommand::Licences(args) => return move_in::import(args).await,
    };
    let shown = args.file.display();
    let file = File::open(&args.file).map_err(|error| format!("cannot read {shown}: {error}"))?;
    let length = file.metadata().map_err(|error| format!("cannot read {shown}: {error}"))?.len();
    let app = open(&args.database).await?;
    let options = Options { dry_run: args.dry_run, skip_refused: args.skip_refused };
    let progress = Progress::of(length, "bytes");
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lost = None;
    let tally = import::import(&app, file, options, |looked| {
        if let Some(words) = in_words(looked, options) {
            lost = lost.take().or(writeln!(out, "{words}").err());
        }
        progress.at(looked.read);
    })
    .await;
    progress.end();
    if let Some(error) = out.flush().err().or(lost) {
        eprintln!("latchkey: the report could not be written: {error}");
    }
    let tally = tally.map_err(|error| format!("cannot import {shown}: {error}; nothing was changed"))?;
    eprintln!("{}", sum(&tally));
    match tally {
        Tally { kept: true, .. } => Ok(()),
        Tally { refused: 0, .. } => {
            eprintln!("This was a dry run: nothing was changed.");
            Ok(())
        }
        Tally { refused, .. } => Err(format!(
            "{refused} rows of {shown} are refused, so nothing was changed; mend them, or leave them out with --skip-refused"
        )),
    }
}

/// What became of a row; nothing of one that is as it was.
fn in_words(looked: &Looked, options: Options) -> Option<String> {
    let Looked { line, name, outcome, .. } = looked;
    let would = if options.dry_run { "would be " } else { "" };
    Some(match outcome {
        Outcome::Unchanged => return None,
        Outcome::Added => format!("line {line}: “{name}” {would}added"),
        Outcome::Changed(id, columns) => {
            format!("line {line}: customer {id} “{name}” {would}changed: {}", columns.join(", "))
        }
        Outcome::Refused(words) => format!("line {line}: “{name}” refused: {words}"),
    })
}

fn sum(tally: &Tally) -> String {
    let Tally { added, changed, unchanged, refused, .. } = tally;
    format!("{added} added, {changed} changed, {unchanged} unchanged, {refused} refused.")
}

pub async fn export(command: ExportCommand) -> CliResult {
    let ExportCommand::Customers(args) = command;
    let shown = args.file.display();
    let app = open(&args.database).await?;
    let failed = |error: &dyn std::error::Error| format!("cannot export to {shown}: {error}");
    let all = numbers::customers(app.store.read()).await.map_err(|error| failed(&error))?;
    let progress = Progress::of(u64::try_from(all).unwrap_or(0), "customers");
    let whole = WholeFile::begin(&args.file)?;
    let written = export::export(&app, BufWriter::new(whole.file()), |written| progress.at(written)).await;
    progress.end();
    let written = written.map_err(|error| failed(&error))?;
    whole.keep().map_err(|error| failed(&error))?;
    eprintln!("{written} customers were written to {shown}.");
    Ok(())
}
