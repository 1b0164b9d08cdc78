//! The crash harness: customers buy while the servers are killed over and over, at random moments and between any
//! two steps, and Stripe answers late, twice, out of order or not at all. At the end, after `latchkey reconcile
//! --now`, every paid subscription has exactly one key, and everything else that `check.rs` lists.
//!
//! `build/crash.sh` runs it. The same seed makes the same plan again: who buys what, which faults, which kills. What
//! the machine makes of it in time is its own affair.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]
#![allow(clippy::print_stdout, reason = "this is what it says")]

mod buyers;
mod check;
mod shop;
mod sink;
mod stripe;
mod victims;

use std::{
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::{Parser, ValueEnum};
use latchkey::demo::chance::Chance;
use tokio_util::sync::CancellationToken;

#[derive(Parser)]
struct Args {
    /// How many customers buy.
    #[arg(long, default_value_t = 200)]
    checkouts: usize,
    /// What the plan is made from; without it, something new each time.
    #[arg(long)]
    seed: Option<u64>,
    /// PostgreSQL needs `TEST_POSTGRES_URL`.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// How many servers share the work.
    #[arg(long, default_value_t = 1)]
    servers: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

/// How long settling may take once nothing goes wrong any more.
const PATIENCE: Duration = Duration::from_mins(4);

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let seed = args.seed.unwrap_or_else(|| u64::from_le_bytes(latchkey::random::bytes::<8>()));
    let name = if args.database == Database::Sqlite { "sqlite" } else { "postgres" };
    println!(
        "crash harness: {} checkouts, {} server(s), {name}, replay with --checkouts {} --servers {} --database {name} --seed {seed}",
        args.checkouts, args.servers, args.checkouts, args.servers
    );
    let began = Instant::now();
    let wrong = Box::pin(run(&args, seed)).await;
    for line in &wrong {
        println!("WRONG: {line}");
    }
    println!(
        "{} after {:.0} s, seed {seed}",
        if wrong.is_empty() { "all is well" } else { "FAILED" },
        began.elapsed().as_secs_f64()
    );
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Answers what is not as it should be.
async fn run(args: &Args, seed: u64) -> Vec<String> {
    let mut chance = Chance::new(seed);
    let sink = sink::Sink::open().await;
    let shop = Arc::new(shop::Shop::open(args.database == Database::Postgres, &sink, args.servers).await);
    let people = shop.people(args.checkouts, &mut chance).await;

    let trouble = CancellationToken::new();
    let chaos =
        tokio::spawn(stripe::misbehave(shop.fake.clone(), Chance::new(chance.next()), trouble.clone()));
    let victims: Vec<_> = (0..args.servers)
        .map(|index| {
            let (shop, chance, stop) = (shop.clone(), Chance::new(chance.next()), trouble.clone());
            tokio::spawn(async move { victims::live_and_die(&shop, index, chance, stop).await })
        })
        .collect();
    let bought = buyers::all_buy(&shop, people).await;
    trouble.cancel();
    chaos.await.unwrap();
    let mut deaths = victims::Deaths::default();
    for victim in victims {
        deaths.add(victim.await.unwrap());
    }
    println!("{bought} bought; {deaths}");

    // Nothing goes wrong any more: the last server serves, and the command runs beside it.
    let last = victims::serve_in_peace(&shop, 0).await;
    let mut wrong = Vec::new();
    if deaths.killed > 20 && deaths.at_points.is_empty() {
        wrong.push("nobody died at a fail point: was the server built with the feature?".to_owned());
    }
    if let Err(error) = victims::reconcile(&shop).await {
        wrong.push(error);
    }
    let settled = tokio::time::timeout(PATIENCE, shop.outbox_is_empty()).await;
    if settled.is_err() {
        wrong.push("the outbox is not empty".to_owned());
    }
    if let Err(error) = last.stop().await {
        wrong.push(error);
    }
    wrong.extend(check::everything(&shop, &sink, bought, &deaths).await);
    wrong
}
