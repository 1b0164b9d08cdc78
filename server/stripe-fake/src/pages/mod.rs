//! The hosted pages: pay page, billing portal, invoice. Plain HTML that works without scripts.

mod html;
mod invoice;
mod pay;
mod pdf;
mod portal;

use crate::FakeStripe;
use axum::{
    Router,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

pub(crate) fn router() -> Router<FakeStripe> {
    Router::new()
        .route("/", get(|| async { front() }))
        .route("/style.css", get(style))
        .route("/pay/{session}", get(pay::show).post(pay::submit))
        .route("/portal/{session}", get(portal::show))
        .route("/portal/{session}/card", axum::routing::post(portal::change_card))
        .route("/portal/{session}/cancel/{subscription}", get(portal::confirm_cancel).post(portal::cancel))
        .route("/portal/{session}/keep/{subscription}", axum::routing::post(portal::keep))
        .route("/invoice/{invoice}", get(invoice::show).post(invoice::pay))
        .route("/invoice/{invoice}/pdf", get(invoice::pdf))
}

fn front() -> Response {
    page(
        StatusCode::OK,
        html::document(
            "Stand-in for Stripe",
            "<h1>Stand-in for Stripe</h1><p>This address plays Stripe for a demo or a test. Its pages open from the \
             shop and from invoices; the API is below <code>/v1</code>.</p>",
        ),
    )
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")],
        html::STYLE,
    )
}

/// A page nobody may cache or frame.
fn page(status: StatusCode, body: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    (status, headers, Html(body)).into_response()
}

fn not_found() -> Response {
    let body = "<h1>Nothing here</h1><p>This link is wrong, or what it led to is gone.</p>";
    page(StatusCode::NOT_FOUND, html::document("Nothing here", body))
}
