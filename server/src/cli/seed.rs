//! `latchkey seed`: any number of made-up customers.

use std::io::{IsTerminal as _, Write as _};

use clap::Args;
use latchkey_store::numbers;

use crate::{
    cli::{CliResult, open},
    config::DatabaseArgs,
    demo::crowd,
    error::AppError,
};

#[derive(Args)]
pub struct SeedArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// How many customers.
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..=10_000_000))]
    customers: i64,
    /// The same number makes the same customers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub async fn run(args: SeedArgs) -> CliResult {
    let app = open(&args.database).await?;
    let failed = |error: AppError| error.to_string();
    let customers = numbers::customers(app.store.read()).await.map_err(|error| error.to_string())?;
    if customers > 0 {
        return Err(format!(
            "this database has {customers} customers already; made-up ones go into an empty one"
        ));
    }
    let shown = std::io::stderr().is_terminal();
    let began = std::time::Instant::now();
    crowd::make(&app, args.customers, args.seed, |written| {
        if shown {
            draw(written, args.customers);
        }
    })
    .await
    .map_err(failed)?;
    if shown {
        eprintln!();
    }
    eprintln!("{} customers were made up in {:.1} s", args.customers, began.elapsed().as_secs_f64());
    Ok(())
}

fn draw(written: i64, all: i64) {
    const WIDTH: i64 = 40;
    let filled = usize::try_from(WIDTH * written / all).unwrap_or(0);
    let empty = usize::try_from(WIDTH).unwrap_or(0).saturating_sub(filled);
    let mut out = std::io::stderr().lock();
    // A bar that cannot be drawn stops nothing.
    let _ = write!(out, "\r[{}{}] {written} of {all} customers", "#".repeat(filled), " ".repeat(empty));
    let _ = out.flush();
}
