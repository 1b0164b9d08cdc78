//! Starting and stopping: opens the database, listens, runs the jobs, and stops without losing anything.

use std::net::SocketAddr;

use latchkey_store::Store;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::Notify,
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{
    api_log::{self, Notes},
    billing,
    clock::Clock,
    config::{Config, DatabaseArgs},
    error::{AppError, AppResult},
    identity::{passwords::PasswordHasher, throttle::Throttle, tokens},
    jobs::worker,
    licensing::{activation::together::Together, signer::Signer, signing},
    random,
    recent::Recent,
    router,
    secrets::Sealer,
    state::{App, AppState},
    stripe_client::StripeClients,
    vendor, webshops,
};

/// Opens the database and the secret key file.
pub async fn open(database: &DatabaseArgs, config: Config, clock: Clock) -> AppResult<AppState> {
    let sealer = Sealer::open(&database.secret_key_file).map_err(AppError::internal)?;
    let store = Store::open(&database.database).await?;
    sealer.check(&store).await?;
    let (demo, throttle) = (config.demo, Throttle::new(config.web_api_rate));
    let app = AppState::new(App {
        store,
        config,
        clock,
        sealer,
        passwords: PasswordHasher::new()?,
        stripe: StripeClients::default(),
        signer: Signer::default(),
        activations: Together::default(),
        tokens: tokens::Cache::default(),
        web_api: Recent::default(),
        throttle,
        notes: Notes::default(),
        jobs_bell: Notify::new(),
        process: hex::encode(random::bytes::<8>()),
    });
    let transaction = app.store.begin().await?;
    vendor::ensure(&transaction, app.clock.now(), demo).await?;
    webshops::ensure(&transaction, app.clock.now()).await?;
    transaction.commit().await?;
    signing::ensure(&app).await?;
    Ok(app)
}

/// Serves until `stop`; then finishes requests and the jobs that were begun.
pub async fn serve(app: AppState, listener: TcpListener, stop: CancellationToken) -> AppResult<()> {
    let mut background = JoinSet::new();
    background.spawn(worker::run(app.clone(), stop.clone()));
    background.spawn(worker::keep_house(app.clone(), stop.clone()));
    billing::start(&app, &stop, &mut background);
    // Told last, so that what the last requests leave behind is written as well.
    let done = CancellationToken::new();
    let writing = tokio::spawn(api_log::keep_writing(app.clone(), done.clone()));
    let service = router::build(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let signal = stop.clone();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move { signal.cancelled().await })
        .await
        .map_err(AppError::internal)?;
    stop.cancel();
    while background.join_next().await.is_some() {}
    done.cancel();
    writing.await.map_err(AppError::internal)
}

/// Cancelled on Ctrl-C or SIGTERM. Listens for them from now on: whoever is told that Latchkey serves may stop it
/// at once.
pub fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    let (interrupt, terminate) = (heard(SignalKind::interrupt()), heard(SignalKind::terminate()));
    tokio::spawn(async move {
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
        tracing::info!("stopping: finishing requests and jobs");
        told.cancel();
    });
    stop
}

/// Ends when the signal comes; never where it cannot be listened for.
fn heard(kind: SignalKind) -> impl Future<Output = ()> {
    let signal = signal(kind);
    async move {
        match signal {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "a signal to stop cannot be listened for");
                std::future::pending::<()>().await;
            }
        }
    }
}
