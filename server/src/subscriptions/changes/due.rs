//! What was planned, done on its day: each minute, by whichever process comes first.

use std::time::Duration;

use latchkey_shared::{
    api::changes::AskChange,
    ids::{CustomerId, SubscriptionId},
};
use latchkey_store::{
    Access, balances, changes as store,
    entity::{pending_change, subscription, subscription_item},
    offline, subscriptions,
};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{
    apply::settle,
    facts, find, history, renewals,
    rows::{self, Sold},
    stripe, wish,
};
use crate::{
    audit::{self, Entry, Origin},
    clock::{DAY, HOUR, MINUTE},
    error::AppResult,
    state::AppState,
};

const LOOK_EVERY: Duration = Duration::from_mins(1);
/// When what failed is tried again.
const TRY_AGAIN: i64 = HOUR;

/// Looks each minute until told to stop.
pub async fn run(app: AppState, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = run_due(&app).await {
            tracing::warn!(%error, "what was planned could not be done");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Does what is due; answers how much that was.
pub async fn run_due(app: &AppState) -> AppResult<usize> {
    let now = app.clock.now();
    let mut done = 0;
    for planned in store::due(app.store.read(), now).await? {
        let outcome = match offline::contract(app.store.read(), planned.subscription_id).await? {
            Some(_) => switch(app, planned.subscription_id, now).await,
            None => stripe::planned(app, &planned).await,
        };
        match outcome {
            Ok(()) => done += 1,
            Err(error) => put_off(app, &planned, now, &error.to_string()).await?,
        }
    }
    done += renewals::renew_due(app).await?;
    for row in offline::to_be_ended(app.store.read(), now).await? {
        end(app, row, now).await?;
        done += 1;
    }
    for quote in store::left_behind(app.store.read(), now - MINUTE).await? {
        match stripe::resend(app, &quote).await {
            Ok(()) => done += 1,
            Err(error) => tracing::warn!(%error, "Stripe could not be told of a change"),
        }
    }
    let transaction = app.store.begin().await?;
    store::sweep_quotes(&transaction, now - DAY).await?;
    transaction.commit().await?;
    Ok(done)
}

/// The other plan takes over where the paid time ends. It is not paid yet, so the days of grace run.
async fn switch(app: &AppState, id: i64, now: i64) -> AppResult<()> {
    let origin = Origin::system("scheduler");
    let transaction = app.store.begin().await?;
    let row = find(&transaction, Access::All, SubscriptionId(id)).await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    // Another process may have been quicker.
    let Some(planned) = store::pending(&transaction, id).await?.filter(|planned| planned.due_at <= now)
    else {
        return Ok(());
    };
    store::forget(&transaction, id).await?;
    if row.ended_at.is_some() {
        transaction.commit().await?;
        return Ok(());
    }
    let ask: AskChange =
        serde_json::from_value(planned.request.clone()).map_err(crate::error::AppError::internal)?;
    let mut case = facts::load(&transaction, row, now).await?;
    // What was agreed holds, also where the plan is not offered any more.
    let agreed: Vec<i64> = ask.items.iter().map(|item| item.plan.0).collect();
    let target = wish::agreed(&transaction, &case, &ask.items, &agreed).await?;
    let held: Vec<_> = target.iter().collect();
    let sold = Sold::load(&transaction, &held).await?;
    let term = facts::term(&case.contract);
    let wanted = rows::items(id, &held, Some(&term), &sold);
    subscriptions::replace_items(&transaction, &case.items, wanted, subscription_item::Column::PlanId)
        .await?;
    case.contract.paid = json!({});
    settle(app, &transaction, (now, &origin), &mut case).await?;
    let text = format!("As planned: {}.", planned.text);
    history::note(&transaction, (now, &origin), &case.row, "subscription_changed", (&text, "")).await?;
    let entry = Entry {
        action: "subscription_changed",
        subject_kind: "subscription",
        subject_id: id,
        customer_id: Some(case.row.customer_id),
        text,
        after: Some(planned.request),
        ..Entry::default()
    };
    audit::record(&transaction, now, &origin, entry).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// The planned end has come.
async fn end(app: &AppState, row: subscription::Model, now: i64) -> AppResult<()> {
    let origin = Origin::system("scheduler");
    let transaction = app.store.begin().await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    let row = find(&transaction, Access::All, SubscriptionId(row.id)).await?;
    let Some(at) = row.cancels_at.filter(|at| *at <= now && row.ended_at.is_none()) else { return Ok(()) };
    let mut case = facts::load(&transaction, row, now).await?;
    case.row.ended_at = Some(at);
    case.row.cancels_at = None;
    case.contract.extended_until = None;
    store::forget(&transaction, case.row.id).await?;
    settle(app, &transaction, (now, &origin), &mut case).await?;
    history::note(&transaction, (now, &origin), &case.row, "subscription_ended", ("", "")).await?;
    let entry = Entry {
        action: "subscription_ended",
        subject_kind: "subscription",
        subject_id: case.row.id,
        customer_id: Some(case.row.customer_id),
        text: "The subscription ended, as planned.".to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, &origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

async fn put_off(app: &AppState, planned: &pending_change::Model, now: i64, error: &str) -> AppResult<()> {
    tracing::warn!(subscription = planned.subscription_id, error, "a planned change failed");
    let transaction = app.store.begin().await?;
    store::put_off(&transaction, planned.subscription_id, now + TRY_AGAIN, error).await?;
    transaction.commit().await?;
    Ok(())
}
