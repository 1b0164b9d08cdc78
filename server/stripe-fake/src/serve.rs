//! Putting the stand-in on a port.

use crate::{FakeClock, FakeStripe, api, beside, control, pages, webhooks};
use axum::{Router, middleware::from_fn_with_state, routing::any};
use std::{io, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How often a running clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// API, hosted pages and control interface. Must be served at the root of its own origin.
pub fn router(fake: FakeStripe) -> Router {
    account(fake.clone()).layer(from_fn_with_state(fake, beside::lead))
}

/// What one account answers.
pub(crate) fn account(fake: FakeStripe) -> Router {
    Router::new()
        .route("/v1/{*path}", any(api::http::answer))
        .merge(pages::router())
        .nest("/_ctl", control::router(fake.clone()))
        .with_state(fake)
}

/// Serves until `shutdown` ends, sends webhooks and lets time pass. What is still running then is cut off.
pub async fn serve(
    listener: TcpListener,
    fake: FakeStripe,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    fake.set_origin(&format!("http://localhost:{port}"));
    let ticking = fake.clone();
    let time_passes = async move {
        loop {
            tokio::time::sleep(TICK).await;
            ticking.tick();
            ticking.beside().iter().for_each(|(_, account)| account.tick());
        }
    };
    tokio::select! {
        served = async { axum::serve(listener, router(fake.clone())).await } => served,
        () = webhooks::deliver_forever(fake.clone()) => Ok(()),
        () = beside::deliver_forever(fake.clone()) => Ok(()),
        () = time_passes => Ok(()),
        () = shutdown => Ok(()),
    }
}

/// Runs a stand-in by itself until it is interrupted. Only loopback addresses are accepted; port 0 picks
/// one. Prints where it listens and the control token.
pub async fn run(listen: SocketAddr) -> io::Result<()> {
    if !listen.ip().is_loopback() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the stand-in listens on loopback addresses only",
        ));
    }
    let listener = TcpListener::bind(listen).await?;
    let fake = FakeStripe::new(FakeClock::real());
    announce(&listener, &fake)?;
    let interrupted = async {
        // Without a signal handler there is nothing to wait for but the process's end.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    serve(listener, fake, interrupted).await
}

#[expect(clippy::print_stdout, reason = "this is the command's answer to whoever started it")]
fn announce(listener: &TcpListener, fake: &FakeStripe) -> io::Result<()> {
    println!("listening on http://localhost:{}", listener.local_addr()?.port());
    println!("control token {}", fake.control_token());
    Ok(())
}
