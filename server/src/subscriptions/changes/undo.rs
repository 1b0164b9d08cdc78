//! Taking back what is planned: a change, or the end.

use latchkey_shared::ids::{CustomerId, SubscriptionId};
use latchkey_store::{balances, changes as store, offline};

use super::{Caller, May, apply, facts, find, history};
use crate::{
    audit::{self, Entry},
    billing::ending,
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Takes back the planned change, or else the planned end.
pub async fn undo(app: &AppState, caller: &Caller<'_>, id: SubscriptionId) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = find(&transaction, caller.access, id).await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    let row = find(&transaction, caller.access, id).await?;
    let rules = vendor::load(&transaction).await?;
    let changes = rules.customers_upgrade || rules.customers_downgrade;
    let planned = store::pending(&transaction, id.0).await?;
    if caller.may == May::Customer && planned.is_some() && !changes {
        return Err(super::not_by_customers());
    }
    let is_offline = offline::contract(&transaction, id.0).await?.is_some();
    let (action, text) = if planned.is_some() {
        store::forget(&transaction, id.0).await?;
        ("change_undone", "The planned change was taken back.")
    } else if row.ended_at.is_some() || row.cancels_at.is_none() {
        return Err(AppError::conflict("nothing_planned", "Nothing is planned that could be taken back."));
    } else if is_offline {
        let mut case = facts::load(&transaction, row.clone(), now).await?;
        case.row.cancels_at = None;
        apply::settle(app, &transaction, (now, caller.origin), &mut case).await?;
        ("subscription_kept", "The planned end of the subscription was taken back.")
    } else {
        drop(transaction);
        ending::keep(app, caller.origin, caller.access, id).await?;
        return Ok(());
    };
    history::note(&transaction, (now, caller.origin), &row, action, (text, "")).await?;
    let entry = Entry {
        action,
        subject_kind: "subscription",
        subject_id: row.id,
        customer_id: Some(row.customer_id),
        text: text.to_owned(),
        before: planned.map(|planned| planned.request),
        ..Entry::default()
    };
    audit::record(&transaction, now, caller.origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}
