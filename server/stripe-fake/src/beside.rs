//! Several accounts at one address, as at Stripe: a call belongs to the account of its key, a hosted page to the account
//! that has what it shows, a call of the control interface to the account that its `account` names by a key.

use crate::{FakeStripe, serve, webhooks};
use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Duration;
use tokio::task::JoinSet;
use tower::ServiceExt;

/// How soon webhooks of an account begin that was just added.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Leads a request to the account that it is for.
pub(crate) async fn lead(State(first): State<FakeStripe>, request: Request, next: Next) -> Response {
    let other = first.beside().into_iter().find(|(key, account)| is_for(&request, key, account));
    match other {
        Some((_, account)) => {
            let (mut parts, body) = request.into_parts();
            // It is routed anew: what the first account's routes noted of its path must not be counted twice.
            parts.extensions.clear();
            serve::account(account).oneshot(Request::from_parts(parts, body)).await.into_response()
        }
        None => next.run(request).await,
    }
}

fn is_for(request: &Request, key: &str, account: &FakeStripe) -> bool {
    let path = request.uri().path();
    if path.starts_with("/v1/") {
        let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        return given.and_then(|value| value.strip_prefix("Bearer ")) == Some(key);
    }
    if path.starts_with("/_ctl/") {
        let named = request.uri().query().and_then(|query| query.strip_prefix("account="));
        return named == Some(key);
    }
    path.split('/').nth(2).is_some_and(|id| account.object(id).is_some())
}

/// Sends the webhooks of all accounts that are or will be added.
pub(crate) async fn deliver_forever(first: FakeStripe) {
    let mut delivering = JoinSet::new();
    loop {
        for (_, account) in first.beside().into_iter().skip(delivering.len()) {
            delivering.spawn(webhooks::deliver_forever(account));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
