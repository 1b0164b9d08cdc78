//! What is refused before a handler runs (an address whose id is no number, a method that is not there, a
//! request that takes too long) is answered in the one shape of errors too.

use axum::{
    extract::Request,
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::error::AppError;

/// Middleware: refuses addresses with U+0000, which PostgreSQL can neither store nor compare.
pub async fn nul(request: Request, next: Next) -> Response {
    let holds_nul = |text: &str| text.contains("%00");
    if holds_nul(request.uri().path()) || request.uri().query().is_some_and(holds_nul) {
        return AppError::malformed("An address cannot hold the character U+0000.").into_response();
    }
    next.run(request).await
}

/// Middleware: gives errors that are not JSON yet their shape; the status and `Allow` stay.
pub async fn shape(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || is_json(response.headers()) {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut shaped = AppError::refused(status).into_response();
    if let Some(methods) = allow {
        shaped.headers_mut().insert(header::ALLOW, methods);
    }
    shaped
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}
