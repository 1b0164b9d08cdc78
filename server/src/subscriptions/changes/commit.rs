//! Doing what was previewed.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangePreview, CommitChange},
    change::PaidBy,
    ids::{CustomerId, SubscriptionId},
};
use latchkey_store::{balances, changes as store, offline};

use super::{
    Caller, May, apply, find,
    preview::{self, compute},
    quotes::{self, Taken},
    stripe,
};
use crate::{
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Commits a quote. 409 with a fresh preview where it would come to something else than was shown.
pub async fn commit(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    form: &CommitChange,
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = find(&transaction, caller.access, id).await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    let row = find(&transaction, caller.access, id).await?;
    let taken = quotes::take(&transaction, caller.origin, id.0, form, now).await?;
    let rules = vendor::load(&transaction).await?;
    if offline::contract(&transaction, id.0).await?.is_none() {
        // Nothing waits for the network inside a transaction.
        drop(transaction);
        let computed = stripe::compute(app, row, &taken.ask, taken.as_of).await?;
        caller.check(&taken.ask, Some(computed.shown.direction), &rules)?;
        unchanged(app, caller, id, &taken, &computed.shown).await?;
        has_reason(&taken.ask, form)?;
        return stripe::commit(app, caller.origin, &taken.id, computed, &taken.ask, form).await;
    }
    let computed = compute(&transaction, row, &taken.ask, taken.as_of).await?;
    caller.check(&taken.ask, Some(computed.shown.direction), &rules)?;
    if quotes::digest(&computed.shown)? != taken.digest {
        drop(transaction);
        return unchanged(app, caller, id, &taken, &computed.shown).await;
    }
    complete(caller, &taken.ask, &computed.shown, form)?;
    apply::apply(app, &transaction, (now, caller.origin), computed, &taken.ask, form).await?;
    store::set_quote(&transaction, &taken.id, store::DONE, now).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// 409 with what it comes to now, unless that is what was shown.
async fn unchanged(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    taken: &Taken,
    now: &ChangePreview,
) -> AppResult<()> {
    if quotes::digest(now)? == taken.digest {
        return Ok(());
    }
    let fresh = preview::preview(app, caller, id, &taken.ask).await?;
    Err(AppError::quote_changed(serde_json::to_value(fresh).map_err(AppError::internal)?))
}

/// Refuses what needs a reason and has none.
fn has_reason(ask: &AskChange, form: &CommitChange) -> AppResult<()> {
    let needs_reason = ask.waive || ask.action == ChangeAction::Extend;
    if needs_reason && form.reason.trim().is_empty() {
        return Err(AppError::field("reason", "Say why, for the history."));
    }
    Ok(())
}

/// Refuses what lacks its payment or its reason.
fn complete(
    caller: &Caller<'_>,
    ask: &AskChange,
    shown: &ChangePreview,
    form: &CommitChange,
) -> AppResult<()> {
    has_reason(ask, form)?;
    if shown.due.minor == 0 {
        return Ok(());
    }
    if caller.may == May::Customer {
        // Nobody can take an offline payment here, so staff must see to it.
        return Err(super::not_by_customers());
    }
    if form.paid_by == PaidBy::Free {
        return Err(AppError::field(
            "paid_by",
            "It costs something. Say how it was paid, or waive the charge.",
        ));
    }
    Ok(())
}
