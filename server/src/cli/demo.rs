//! `latchkey demo`: made-up data and the Stripe stand-in; nothing to configure.

use std::{io::Write as _, net::SocketAddr, path::PathBuf};

use clap::Args;
use tokio::net::TcpListener;

use crate::{
    cli::{
        CliResult,
        serve::{listen, log_to_stderr},
    },
    config::LogFormat,
    demo::{self, Demo, Place},
    metrics, server,
};

#[derive(Args)]
pub struct DemoArgs {
    /// Loopback address to listen on; port 0 picks a free one.
    #[arg(long, env = "LATCHKEY_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Loopback address of the Stripe stand-in.
    #[arg(long, default_value = "127.0.0.1:0")]
    stripe_listen: SocketAddr,
    /// Folder of the demo's data. A demo that was stopped goes on where it was.
    #[arg(long, default_value = "latchkey-demo")]
    data: PathBuf,
    /// Begin anew, without what was done in this demo before.
    #[arg(long)]
    fresh: bool,
    /// A PostgreSQL database for the demo alone, instead of a file in the folder.
    #[arg(long, hide_env_values = true)]
    database: Option<String>,
    /// First print one line of JSON with the addresses and sign-ins.
    #[arg(long)]
    json: bool,
}

pub async fn run(args: DemoArgs) -> CliResult {
    for address in [args.listen, args.stripe_listen] {
        if !address.ip().is_loopback() {
            return Err(format!(
                "the demo's sign-ins are known to everybody: it listens on 127.0.0.1 or ::1 only, not on {address}"
            ));
        }
    }
    log_to_stderr(LogFormat::Text);
    metrics::install();
    let listener = listen(args.listen).await?;
    let stripe_listener = listen(args.stripe_listen).await?;
    let place = Place { folder: args.data, database: args.database, fresh: args.fresh };
    let stop = server::stop_signal();
    let demo = demo::prepare(&place, bound(&listener)?, stripe_listener, stop.clone())
        .await
        .map_err(|error| error.to_string())?;
    let url = demo.app.config.public_url.clone();
    let words = if args.json { demo.ready().to_string() } else { for_people(&demo) };
    let app = demo.app.clone();
    let serving = tokio::spawn(async move { server::serve(app, listener, stop).await });
    say(&words)?;
    say(&format!("listening on {url}"))?;
    let served = serving.await.map_err(|error| error.to_string())?;
    demo.stopped().await;
    served.map_err(|error| error.to_string())
}

fn bound(listener: &TcpListener) -> Result<SocketAddr, String> {
    listener.local_addr().map_err(|error| error.to_string())
}

fn say(words: &str) -> CliResult {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}

fn for_people(demo: &Demo) -> String {
    let url = &demo.app.config.public_url;
    let mut lines = vec![
        String::new(),
        format!("{} and its customers are made up, and so is their Stripe.", demo::company::NAME),
        String::new(),
        format!("Staff sign in at {url}/Staff/SignIn"),
    ];
    let staff = demo.sign_ins.staff.iter();
    lines.extend(staff.map(|it| format!("  {:<8} {:<32} {}", it.role.as_str(), it.email, it.password)));
    lines.extend([String::new(), format!("Customers sign in at {url}/Portal/SignIn")]);
    let customers = demo.sign_ins.customers.iter();
    lines.extend(customers.map(|it| format!("  {:<8} {:<32} {}", "", it.email, it.password)));
    lines.extend([
        String::new(),
        format!("The Stripe stand-in is at {}.", demo.fake.origin()),
        "The card 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined; any date to come, any code."
            .to_owned(),
        String::new(),
    ]);
    lines.join("\n")
}
