//! The inbox as staff see it.

use latchkey_shared::{
    api::{
        common::List,
        inbox::{StripeEvent, StripeEventQuery, StripeEventRow},
    },
    ids::StripeAccountId,
    inbox::EventStatus,
    time::Timestamp,
};
use latchkey_store::{entity::stripe_event, stripe_event_list as store, stripe_events};
use serde_json::Value;

use crate::{
    audit::{self, Entry, Origin},
    billing::{accounts, signals},
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// One page of an account's list.
pub async fn list(app: &AppState, query: StripeEventQuery) -> AppResult<List<StripeEventRow>> {
    let account = accounts::row(app, query.account).await?.map(|account| account.id);
    let query = query.list();
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    // Without any account there are no events.
    let page = store::list(app.store.read(), account.unwrap_or_default(), &predicate, &query).await?;
    Ok(List { items: page.rows.iter().map(row).collect(), meta: page.meta })
}

/// One event with its payload.
pub async fn show(app: &AppState, which: Option<StripeAccountId>, id: &str) -> AppResult<StripeEvent> {
    let event = find(app, which, id).await?;
    let laid_out = serde_json::from_str::<Value>(&event.payload)
        .and_then(|payload| serde_json::to_string_pretty(&payload))
        .unwrap_or_else(|_| event.payload.clone());
    let waits = event.status == stripe_events::PENDING;
    Ok(StripeEvent {
        row: row(&event),
        outcome: outcome(&event),
        next_try: waits.then(|| Timestamp::from_millis(event.next_at)),
        api_version: event.api_version,
        live: event.live,
        payload: laid_out,
    })
}

/// Has what an event signals fetched once more.
pub async fn run_again(
    app: &AppState,
    origin: &Origin,
    which: Option<StripeAccountId>,
    id: &str,
) -> AppResult<StripeEvent> {
    let event = find(app, which, id).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    stripe_events::run_again(&transaction, &event, now).await?;
    let entry = Entry {
        action: "stripe_event_run_again",
        subject_kind: "stripe_account",
        subject_id: event.account_id,
        text: format!("Stripe's event {id} ({}) was run again.", event.kind),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    show(app, which, id).await
}

/// Stripe's ids are unique within an account.
async fn find(app: &AppState, which: Option<StripeAccountId>, id: &str) -> AppResult<stripe_event::Model> {
    let not_found = || AppError::not_found("event");
    let account = accounts::row(app, which).await?.ok_or_else(not_found)?;
    store::find(app.store.read(), account.id, id).await?.ok_or_else(not_found)
}

fn row(event: &stripe_event::Model) -> StripeEventRow {
    StripeEventRow {
        id: event.event_id.clone(),
        kind: event.kind.clone(),
        status: EventStatus::parse(&event.status).unwrap_or(EventStatus::Ignored),
        object: event.object_id.clone(),
        customer: event.stripe_customer.clone(),
        subscription: event.stripe_subscription.clone(),
        attempts: event.attempts,
        error: event.last_error.clone(),
        created: Timestamp::from_millis(event.stripe_created_at),
        received: Timestamp::from_millis(event.received_at),
    }
}

fn outcome(event: &stripe_event::Model) -> String {
    let fetched =
        signals::target(event).map(|target| format!("{} {}", target.kind.as_str(), target.stripe_id));
    match (event.status.as_str(), fetched) {
        (stripe_events::DONE, Some(fetched)) => format!("Fetched from Stripe: {fetched}."),
        (stripe_events::PENDING, Some(fetched)) => format!("To be fetched from Stripe: {fetched}."),
        (stripe_events::DEAD, _) => "Tried too often. Mend the cause, then run it again.".to_owned(),
        (_, None) if signals::is_known(&event.kind) => "It concerns nothing that is kept here.".to_owned(),
        _ => "Latchkey does not act upon events of this type or mode.".to_owned(),
    }
}
