//! `latchkey reconcile`: compare with Stripe now and put right what differs.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::Arc,
};

use clap::Args;
use latchkey_shared::reconcile::SweepKind;
use latchkey_store::entity::sweep_run;

use crate::{
    billing::{
        connecting,
        reconcile::{
            Ages,
            command::{self, Report},
            run::Told,
        },
    },
    cli::{CliResult, serve::log_warnings},
    clock::Clock,
    config::{Config, ServeArgs},
    server, vendor,
};

#[derive(Args)]
pub struct ReconcileArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Leave nothing for a later try, and look also at what has waited for a moment only.
    #[arg(long)]
    now: bool,
}

/// Exits with 1 where Stripe cannot be asked or something is left undone; what a person must decide is no failure.
pub async fn run(args: ReconcileArgs) -> CliResult {
    log_warnings(args.serve.log_format);
    let nowhere = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config::new(&args.serve, nowhere, false).map_err(|error| error.to_string())?;
    args.serve.database.must_exist()?;
    let app = server::open(&args.serve.database, config, Clock::default())
        .await
        .map_err(|error| error.to_string())?;
    if vendor::load(app.store.read()).await.map_err(|error| error.to_string())?.demo {
        return Err("this database is a demo's, whose Stripe runs only while the demo is served".to_owned());
    }
    connecting::adopt_flags(&app).await.map_err(|error| error.to_string())?;
    let ages = if args.now { Ages::Ignore } else { Ages::Respect };
    let report = command::everything(&app, ages, progress()).await.map_err(|error| error.to_string())?;
    for line in in_words(&report) {
        println!("{line}");
    }
    match (report.left, args.now) {
        (0, _) => Ok(()),
        (left, true) => Err(format!("{left} could not be done; Stripe does not answer as it should")),
        (left, false) => Err(format!("{left} wait for their next try; --now does not wait")),
    }
}

/// Shows on a terminal how far a sweep is.
fn progress() -> Told {
    if !std::io::stderr().is_terminal() {
        return crate::billing::reconcile::run::nobody();
    }
    Arc::new(|row: &sweep_run::Model| {
        let name = SweepKind::parse(&row.sweep).map_or("", SweepKind::label);
        let mut out = std::io::stderr().lock();
        // That nobody can read it is no reason to stop.
        let _ = write!(out, "\r\x1b[K{name}: {} looked at, {} found", row.looked_at, row.found);
        let _ = write!(out, "\r").and_then(|()| out.flush());
    })
}

fn in_words(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report.sweeps.iter().map(|row| row.words.clone()).collect();
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    lines.push(format!(
        "{} licence key{} issued, the numbers of {} key{} told to Stripe.",
        report.issued,
        plural(report.issued),
        report.told,
        plural(report.told)
    ));
    lines.push(match report.attention {
        0 => "Nothing waits for a person.".to_owned(),
        1 => "1 thing waits for a person, see “Needs attention”.".to_owned(),
        many => format!("{many} things wait for a person, see “Needs attention”."),
    });
    lines
}
