//! Headers of every answer, and the same-origin check of every unsafe method.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::error::AppError;

/// Refuses unsafe requests from other origins; programs, which send neither `Origin` nor
/// `Sec-Fetch-Site`, pass.
pub fn same_origin(public_origin: &str) -> CsrfLayer<fn(ProtectionError) -> Response> {
    CsrfLayer::new().add_trusted_origin(public_origin).unwrap_or_default().with_rejection_response(refuse)
}

fn refuse(_: ProtectionError) -> Response {
    AppError::cross_origin().into_response()
}

/// Headers that hold for every answer; the page adds its Content-Security-Policy.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
