//! The end of an offline subscription whose payment was given back: at once, and nothing goes to the balance.

use latchkey_shared::api::changes::{AskChange, ChangeAction, ChangeWhen, CommitChange};
use latchkey_store::entity::subscription;
use sea_orm::DatabaseTransaction;

use super::{apply, preview::compute};
use crate::{audit::Origin, error::AppResult, state::AppState};

/// Ends it on the caller's transaction.
pub async fn end_at_once(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    row: subscription::Model,
    reason: &str,
) -> AppResult<()> {
    let ask = AskChange { action: ChangeAction::Cancel, when: ChangeWhen::Now, ..AskChange::default() };
    let computed = compute(transaction, row, &ask, now).await?;
    let form = CommitChange { reason: reason.trim().to_owned(), ..CommitChange::default() };
    apply::apply(app, transaction, (now, origin), computed, &ask, &form).await
}
