//! The inbox of Stripe's events: verify, store once, answer. Nothing else happens before the answer.

use latchkey_store::{
    entity::{stripe_endpoint, stripe_event},
    stripe_accounts, stripe_events as store,
};
use latchkey_stripe::{Event, webhook};
use sea_orm::ActiveValue::Set;

use crate::{
    billing::{endpoints, signals},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    state::AppState,
};

/// How old a signature may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Five minutes either way.
    Recent,
    /// For the address that vendors bring along from elsewhere.
    Any,
}

/// Takes one delivery. `slug` names the endpoint; without one it is the first account's own.
///
/// # Errors
/// 404 for an unknown endpoint, 503 until Stripe is connected, 400 where the signature does not hold.
pub async fn receive(
    app: &AppState,
    slug: Option<&str>,
    signature: &str,
    payload: &[u8],
    age: Age,
) -> AppResult<()> {
    let endpoint = endpoint(app, slug).await?;
    let secrets = endpoints::secrets(app, &endpoint).await?;
    if secrets.is_empty() {
        return Err(not_configured());
    }
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let tolerance = match age {
        Age::Recent => webhook::DEFAULT_TOLERANCE,
        Age::Any => 0,
    };
    let now = app.clock.now();
    let event = webhook::verify(payload, signature, &secrets, now / 1_000, tolerance).map_err(|error| {
        metrics::counter!("stripe_events_total", "outcome" => "refused").increment(1);
        tracing::warn!(endpoint = endpoint.id, %error, "a webhook was refused");
        AppError::malformed("The signature does not belong to this payload.")
    })?;
    if event.id.is_empty() {
        return Err(AppError::malformed("The payload is not an event."));
    }
    failpoint::at(Point::EventVerified);
    let is_new = keep(app, endpoint.account_id, endpoint.live, &event, payload).await?;
    failpoint::at(Point::EventStored);
    metrics::counter!("stripe_events_total", "outcome" => if is_new { "stored" } else { "known" })
        .increment(1);
    Ok(())
}

/// Stores an event that was delivered or fetched; answers whether it is new.
pub async fn keep(
    app: &AppState,
    account: i64,
    live: bool,
    event: &Event,
    payload: &[u8],
) -> AppResult<bool> {
    let concerns_us = event.livemode == live && signals::is_known(&event.kind);
    let now = app.clock.now();
    let row = stripe_event::ActiveModel {
        account_id: Set(account),
        event_id: Set(event.id.clone()),
        kind: Set(event.kind.clone()),
        api_version: Set(event.api_version.clone()),
        live: Set(event.livemode),
        object_id: Set(signals::object(event).map(str::to_owned)),
        stripe_customer: Set(event.customer_id().map(str::to_owned)),
        stripe_subscription: Set(event.subscription_id().map(str::to_owned)),
        payload: Set(String::from_utf8_lossy(payload).into_owned()),
        status: Set(if concerns_us { store::PENDING } else { store::IGNORED }.to_owned()),
        attempts: Set(0),
        last_error: Set(None),
        stripe_created_at: Set(event.created.saturating_mul(1_000)),
        received_at: Set(now),
        next_at: Set(now),
        lease_until: Set(None),
    };
    let transaction = app.store.begin().await?;
    let is_new = store::store(&transaction, row).await?;
    transaction.commit().await?;
    if is_new && concerns_us {
        app.jobs_bell.notify_waiters();
    }
    Ok(is_new)
}

async fn endpoint(app: &AppState, slug: Option<&str>) -> AppResult<stripe_endpoint::Model> {
    if let Some(slug) = slug {
        let named = stripe_accounts::endpoint_by_slug(app.store.read(), slug).await?;
        return named.ok_or_else(|| AppError::not_found("webhook endpoint"));
    }
    let first = stripe_accounts::first(app.store.read()).await?.ok_or_else(not_configured)?;
    let endpoint = stripe_accounts::default_endpoint(app.store.read(), first.id).await?;
    endpoint.ok_or_else(not_configured)
}

fn not_configured() -> AppError {
    AppError::unavailable(
        "stripe_not_configured",
        "No webhook secret is set yet. Connect Stripe on the Stripe page.",
    )
}
