//! Time for many subscriptions at once, as after an outage. No sync takes it back.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, CommitChange, ExtendMany, ExtendedMany, LeftOut},
    ids::{CustomerId, SubscriptionId},
    status::SubscriptionStatus,
};
use latchkey_store::{balances, entity::subscription, offline, subscriptions};

use super::{Caller, apply, find, preview::compute, stripe};
use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    state::AppState,
};

/// Extends each in a transaction of its own; what cannot be extended is answered with the reason.
pub async fn extend_many(app: &AppState, caller: &Caller<'_>, form: &ExtendMany) -> AppResult<ExtendedMany> {
    if form.days.is_some() == form.until.is_some() {
        return Err(AppError::field("days", "Say how many days, or until which day."));
    }
    let ask = AskChange {
        action: ChangeAction::Extend,
        days: form.days,
        until: form.until,
        ..AskChange::default()
    };
    let mut answer = ExtendedMany { extended: 0, left_out: Vec::new() };
    for row in meant(app, caller, form).await? {
        let id = SubscriptionId(row.id);
        match extend(app, caller, row, &ask, form).await {
            Ok(()) => answer.extended += 1,
            Err(error) if error.status().is_client_error() => {
                answer.left_out.push(LeftOut { subscription: id, why: error.to_string() });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

/// Those that are named, and all that runs of the customers that are named.
async fn meant(
    app: &AppState,
    caller: &Caller<'_>,
    form: &ExtendMany,
) -> AppResult<Vec<subscription::Model>> {
    let connection = app.store.read();
    let mut rows = Vec::new();
    for id in &form.subscriptions {
        rows.push(find(connection, caller.access, *id).await?);
    }
    for customer in &form.customers {
        for row in subscriptions::of_customer(connection, *customer).await? {
            let runs = SubscriptionStatus::parse(&row.status).is_some_and(SubscriptionStatus::is_live);
            if runs && !rows.iter().any(|known| known.id == row.id) {
                // Also checks that the caller may see it.
                rows.push(find(connection, caller.access, SubscriptionId(row.id)).await?);
            }
        }
    }
    Ok(rows)
}

async fn extend(
    app: &AppState,
    caller: &Caller<'_>,
    row: subscription::Model,
    ask: &AskChange,
    form: &ExtendMany,
) -> AppResult<()> {
    let now = app.clock.now();
    let origin: &Origin = caller.origin;
    let transaction = app.store.begin().await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    let row = find(&transaction, caller.access, SubscriptionId(row.id)).await?;
    if offline::contract(&transaction, row.id).await?.is_none() {
        drop(transaction);
        return stripe::extend(app, origin, row, ask, form).await;
    }
    let computed = compute(&transaction, row, ask, now).await?;
    if form.dry_run {
        return Ok(());
    }
    let committed = CommitChange { reason: form.reason.clone(), ..CommitChange::default() };
    apply::apply(app, &transaction, (now, origin), computed, ask, &committed).await?;
    transaction.commit().await?;
    Ok(())
}
