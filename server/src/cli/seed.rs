//! `latchkey seed`: any number of made-up customers.

use clap::Args;
use latchkey_store::numbers;

use crate::{
    cli::{CliResult, open, progress::Progress},
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
    let progress = Progress::of(args.customers.unsigned_abs(), "customers");
    let began = std::time::Instant::now();
    let made =
        crowd::make(&app, args.customers, args.seed, |written| progress.at(written.unsigned_abs())).await;
    progress.end();
    made.map_err(failed)?;
    // So that the file holds everything by itself, and can be copied.
    app.store.clone().close().await.map_err(|error| error.to_string())?;
    eprintln!("{} customers were made up in {:.1} s", args.customers, began.elapsed().as_secs_f64());
    Ok(())
}
