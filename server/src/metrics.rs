//! Counters and histograms in Prometheus text.

use std::{sync::OnceLock, time::Duration};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::{attention, error::AppResult, jobs, state::AppState};

/// Whoever collects figures does not wait for a database that is away.
const LONGEST_LOOK: Duration = Duration::from_secs(2);

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts recording; further calls change nothing.
pub fn install() {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0])
        .map(PrometheusBuilder::build_recorder);
    if let Ok(recorder) = recorder {
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_ok() {
            let _ = HANDLE.set(handle);
        }
    }
}

/// All figures as text; empty until [`install`]. What waits is looked up now; where the database does not answer,
/// it stays as it was.
pub async fn render(app: &AppState) -> String {
    match tokio::time::timeout(LONGEST_LOOK, look_up(app)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "what waits cannot be counted"),
        Err(_) => tracing::warn!("what waits cannot be counted: the database does not answer in time"),
    }
    HANDLE.get().map(PrometheusHandle::render).unwrap_or_default()
}

async fn look_up(app: &AppState) -> AppResult<()> {
    let figure = |count: i64| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let connection = app.store.read();
    metrics::gauge!("jobs_waiting").set(figure(jobs::count(connection, jobs::READY).await?));
    metrics::gauge!("jobs_parked").set(figure(jobs::count(connection, jobs::PARKED).await?));
    metrics::gauge!("attention_open").set(figure(attention::open_count(connection).await?));
    Ok(())
}
