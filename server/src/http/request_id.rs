//! A name for each request: in its answer, in error bodies and in the log.

use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};
use tracing::Instrument as _;

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The name of the request being answered, if there is one.
pub fn current() -> Option<String> {
    REQUEST_ID.try_with(Clone::clone).ok()
}

/// Middleware: names the request, opens its log span, adds the `x-request-id` header.
///
/// The log holds method and path only: queries may carry the codes of links.
pub async fn name(request: Request, next: Next) -> Response {
    let id = hex::encode(crate::random::bytes::<8>());
    let span =
        tracing::info_span!("request", id = %id, method = %request.method(), path = %request.uri().path());
    let started = std::time::Instant::now();
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    span.in_scope(|| tracing::debug!(status, milliseconds = elapsed.as_millis(), "answered"));
    metrics::histogram!("http_request_seconds").record(elapsed.as_secs_f64());
    metrics::counter!("http_requests_total", "status" => (status / 100).to_string() + "xx").increment(1);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
