//! Subscriptions that wait for the customer's first sign-in: then their time begins, and their keys are made.

use latchkey_engine::{change::Term, period};
use latchkey_shared::{ids::CustomerId, time::Timestamp};
use latchkey_store::{
    balances,
    entity::{subscription, subscription_item},
    offline, subscriptions,
};
use sea_orm::DatabaseTransaction;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    subscriptions::changes::{self, Sold},
};

/// Begins what waits for a sign-in of this customer; answers how many began.
pub async fn at_sign_in(app: &AppState, customer: CustomerId) -> AppResult<usize> {
    if offline::awaiting_sign_in(app.store.read(), customer).await?.is_empty() {
        return Ok(0);
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    balances::hold(&transaction, customer).await?;
    // Of two that sign in at once, one begins them.
    let waiting = offline::awaiting_sign_in(&transaction, customer).await?;
    let begun = waiting.len();
    for row in waiting {
        begin(app, &transaction, now, row).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(begun)
}

async fn begin(
    app: &AppState,
    transaction: &DatabaseTransaction,
    now: i64,
    row: subscription::Model,
) -> AppResult<()> {
    let origin = Origin::system("portal");
    let mut case = changes::load(transaction, row, now).await?;
    let held: Vec<_> = case.facts.held.iter().map(|held| &held.item).collect();
    let base = held.first().ok_or_else(|| AppError::internal("a subscription has no items"))?;
    let start = Timestamp::from_millis(now);
    let end = period::add(start, base.every, case.facts.zone);
    let term = Term { start, end, lengths: 1, anchor: start };
    let sold = Sold::load(transaction, &held).await?;
    let wanted = changes::item_rows(case.row.id, &held, Some(&term), &sold);
    subscriptions::replace_items(transaction, &case.items, wanted, subscription_item::Column::PlanId).await?;
    case.contract.term_start = now;
    case.contract.term_end = end.millis();
    case.contract.anchor_at = now;
    if let Some(paid) = case.contract.paid.as_object_mut() {
        for entry in paid.values_mut() {
            entry["from"] = now.into();
        }
    }
    case.row.paid_through = Some(end.millis());
    case.row.created_at = now;
    changes::settle(app, transaction, (now, &origin), &mut case).await?;
    let text = format!("Subscription {} began with the first sign-in.", case.row.id);
    changes::history::note(transaction, (now, &origin), &case.row, "subscription_started", (&text, ""))
        .await?;
    let entry = Entry {
        action: "subscription_started",
        subject_kind: "subscription",
        subject_id: case.row.id,
        customer_id: Some(case.row.customer_id),
        text,
        ..Entry::default()
    };
    audit::record(transaction, now, &origin, entry).await
}
