//! `latchkey stripe-fake`: the Stripe stand-in by itself.

use std::net::SocketAddr;

use clap::Args;

use crate::{
    cli::{CliResult, serve::log_to_stderr},
    config::LogFormat,
};

#[derive(Args)]
pub struct StripeFakeArgs {
    /// Loopback address to listen on; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

pub async fn run(args: StripeFakeArgs) -> CliResult {
    log_to_stderr(LogFormat::Text);
    latchkey_stripe_fake::run(args.listen).await.map_err(|error| error.to_string())
}
