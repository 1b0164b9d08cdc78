//! The command line.

mod backup;
mod check;
pub use check::without_password;
mod customers;
mod demo;
mod move_in;
mod openapi;
mod people;
mod progress;
mod public_key;
mod reconcile;
mod seed;
mod serve;
mod stripe_fake;
mod whole_file;

use clap::{CommandFactory as _, Parser, Subcommand, error::ErrorKind};

use crate::config::{Config, DatabaseArgs, ServeArgs};

/// The self-hosted customer portal for vendors who sell licensed software through Stripe.
#[derive(Parser)]
#[command(name = "latchkey", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal.
    Serve(Box<ServeArgs>),
    /// Serve made-up data with a Stripe stand-in beside it; nothing to configure.
    Demo(demo::DemoArgs),
    /// Fill an empty database with made-up customers.
    Seed(seed::SeedArgs),
    /// Write everything into a file, while Latchkey runs.
    Backup(backup::BackupArgs),
    /// Compare with Stripe now and put right what differs.
    Reconcile(Box<reconcile::ReconcileArgs>),
    /// Put a backup into an empty database.
    Restore(backup::RestoreArgs),
    /// Bring in data from files.
    #[command(subcommand)]
    Import(customers::ImportCommand),
    /// Write data into files.
    #[command(subcommand)]
    Export(customers::ExportCommand),
    /// Run the Stripe stand-in by itself.
    StripeFake(stripe_fake::StripeFakeArgs),
    /// Print the effective configuration, secrets hidden, and what is wrong with it.
    Check(Box<ServeArgs>),
    /// Manage staff.
    #[command(subcommand)]
    Staff(people::StaffCommand),
    /// Manage access tokens.
    #[command(subcommand)]
    Token(people::TokenCommand),
    /// Print the public key that licences are checked with.
    PublicKey(public_key::PublicKeyArgs),
    /// Print the OpenAPI document of /api/v1 and the licence Web API.
    Openapi,
}

/// What goes wrong at start, in one sentence; the exit code is 1, or 2 for wrong use.
pub type CliResult = Result<(), String>;

/// Runs the command that the process was called with.
pub async fn run() -> std::process::ExitCode {
    let result = match Cli::parse().command {
        Command::Serve(args) => serve::run(*args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Seed(args) => seed::run(args).await,
        Command::Backup(args) => backup::back_up(args).await,
        Command::Reconcile(args) => reconcile::run(*args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::Import(command) => customers::import(command).await,
        Command::Export(command) => customers::export(command).await,
        Command::StripeFake(args) => stripe_fake::run(args).await,
        Command::Check(args) => check::run(*args).await,
        Command::Staff(command) => people::staff(command).await,
        Command::Token(command) => people::token(command).await,
        Command::PublicKey(args) => public_key::run(args).await,
        Command::Openapi => {
            openapi::run();
            Ok(())
        }
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("latchkey: {sentence}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// The settings, checked. Where they are wrong the process ends here as with any wrong use: in words, with exit
/// code 2.
fn config(args: &ServeArgs, bound: std::net::SocketAddr) -> Config {
    Config::new(args, bound, false)
        .unwrap_or_else(|error| Cli::command().error(ErrorKind::ValueValidation, error).exit())
}

/// Opens the database for a command that does not serve.
async fn open(database: &DatabaseArgs) -> Result<crate::state::AppState, String> {
    let args = ServeArgs::for_command(database.clone());
    let nowhere = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    crate::server::open(database, config(&args, nowhere), crate::clock::Clock::default())
        .await
        .map_err(|error| error.to_string())
}
