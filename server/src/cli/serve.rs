//! `latchkey serve`.

use tokio::net::TcpListener;

use crate::{
    cli::{CliResult, config},
    clock::Clock,
    config::{LogFormat, ServeArgs},
    identity::staff,
    metrics, server,
    state::AppState,
    vendor,
};

pub async fn run(args: ServeArgs) -> CliResult {
    log_to_stderr(args.log_format);
    metrics::install();
    let listener = listen(args.listen).await?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let config = config(&args, bound);
    let app =
        server::open(&args.database, config, Clock::default()).await.map_err(|error| error.to_string())?;
    if vendor::load(app.store.read()).await.map_err(|error| error.to_string())?.demo {
        return Err(
            "this database is a demo's, whose Stripe is made up; serve it with `latchkey demo`".to_owned()
        );
    }
    let stop = server::stop_signal();
    if let Some(address) = args.metrics_listen {
        let listener = listen(address).await?;
        let bound = listener.local_addr().map_err(|error| error.to_string())?;
        println!("metrics on http://{bound}/metrics");
        tokio::spawn(serve_metrics(app.clone(), listener));
    }
    println!("listening on http://{bound}");
    if let Some(url) = staff::owner_setup_url(&app).await.map_err(|error| error.to_string())? {
        println!("nobody can sign in yet; make the owner here (works once, for 7 days): {url}");
    }
    server::serve(app, listener, stop).await.map_err(|error| error.to_string())
}

/// Listens, or says why not.
pub async fn listen(address: std::net::SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))
}

async fn serve_metrics(app: AppState, listener: TcpListener) {
    let figures = async move || metrics::render(&app).await;
    let router = axum::Router::new().route("/metrics", axum::routing::get(figures));
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the metrics listener stopped");
    }
}

/// Logs to stderr; `RUST_LOG` chooses what.
pub fn log_to_stderr(format: LogFormat) {
    log_from("info,sqlx=warn", format);
}

/// Logs only what went wrong: for commands that say by themselves what they do.
pub fn log_warnings(format: LogFormat) {
    log_from("warn", format);
}

fn log_from(level: &str, format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}
