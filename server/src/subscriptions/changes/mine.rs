//! A customer ends their subscription with what is paid for, or changes their mind, whoever bills it.

use latchkey_shared::{
    api::{
        changes::{AskChange, ChangeAction, ChangeWhen, CommitChange},
        portal::PortalSubscription,
    },
    ids::SubscriptionId,
};
use latchkey_store::offline;

use super::{Caller, commit, find, preview, undo};
use crate::{
    billing::{ending, view},
    error::AppResult,
    state::AppState,
};

/// Ends it with what is paid for.
pub async fn cancel_mine(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    reason: &str,
) -> AppResult<PortalSubscription> {
    let row = find(app.store.read(), caller.access, id).await?;
    if offline::contract(app.store.read(), row.id).await?.is_none() {
        return ending::cancel(app, caller.origin, caller.access, id, reason).await;
    }
    let ask = AskChange { action: ChangeAction::Cancel, when: ChangeWhen::PeriodEnd, ..AskChange::default() };
    let shown = preview(app, caller, id, &ask).await?;
    let form = CommitChange {
        quote: shown.quote.id,
        digest: shown.quote.digest,
        reason: reason.to_owned(),
        ..CommitChange::default()
    };
    commit(app, caller, id, &form).await?;
    after(app, caller, id).await
}

/// Takes a planned end back.
pub async fn keep_mine(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
) -> AppResult<PortalSubscription> {
    let row = find(app.store.read(), caller.access, id).await?;
    if offline::contract(app.store.read(), row.id).await?.is_none() {
        return ending::keep(app, caller.origin, caller.access, id).await;
    }
    undo(app, caller, id).await?;
    after(app, caller, id).await
}

async fn after(app: &AppState, caller: &Caller<'_>, id: SubscriptionId) -> AppResult<PortalSubscription> {
    view::one_for_customer(app, &find(app.store.read(), caller.access, id).await?).await
}
