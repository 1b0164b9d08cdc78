//! Renewals from the balance: at the end of what is paid for, by whichever process comes first. What the balance does
//! not cover is tried again while it still works, each hour and whenever the customer is credited something.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, CommitChange},
    change::RenewFrom,
    ids::{CustomerId, SubscriptionId},
    transaction::{TransactionKind, TransactionSource, TransactionState},
};
use latchkey_store::{
    Access, balances, changes as store,
    entity::{offline_contract, subscription},
    offline,
    transactions::{self, NewEntry},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{
    apply::{apply, works_until},
    facts, find,
    preview::{Computed, compute},
};
use crate::{
    audit::{self, Entry, Origin},
    clock::{HOUR, MINUTE},
    communications::notices,
    error::AppResult,
    state::AppState,
};

/// When what the balance did not cover is tried again.
const TRY_AGAIN: i64 = HOUR;

/// Renews what is due; answers how many were.
pub async fn renew_due(app: &AppState) -> AppResult<usize> {
    let now = app.clock.now();
    let mut renewed = 0;
    for contract in offline::to_be_renewed(app.store.read(), now).await? {
        match renew(app, SubscriptionId(contract.subscription_id), now).await {
            Ok(done) => renewed += usize::from(done),
            Err(error) => {
                tracing::warn!(subscription = contract.subscription_id, %error, "a renewal failed");
                let transaction = app.store.begin().await?;
                offline::renew_at(&transaction, contract.subscription_id, Some(now + TRY_AGAIN)).await?;
                transaction.commit().await?;
            }
        }
    }
    Ok(renewed)
}

/// Renews one, all in one transaction; answers whether it was.
async fn renew(app: &AppState, id: SubscriptionId, now: i64) -> AppResult<bool> {
    let origin = Origin::system("scheduler");
    let transaction = app.store.begin().await?;
    let row = find(&transaction, Access::All, id).await?;
    balances::hold(&transaction, CustomerId(row.customer_id)).await?;
    let row = find(&transaction, Access::All, id).await?;
    // Another process may have been quicker.
    let contract = offline::contract(&transaction, id.0).await?;
    let Some(contract) = contract.filter(|contract| contract.renews_at.is_some_and(|at| at <= now)) else {
        return Ok(false);
    };
    if store::pending(&transaction, id.0).await?.is_some() {
        // The planned change takes over first.
        offline::renew_at(&transaction, id.0, Some(now + MINUTE)).await?;
        transaction.commit().await?;
        return Ok(false);
    }
    let case = facts::load(&transaction, row.clone(), now).await?;
    let until = works_until(&case);
    let missed = missed_name(&contract);
    let tried = transactions::by_ref(&transaction, Access::All, 0, &missed).await?.is_some();
    if tried && now >= until {
        offline::renew_at(&transaction, id.0, None).await?;
        transaction.commit().await?;
        return Ok(false);
    }
    // The days of grace that were used belong to the new period; what was over for longer begins today.
    let from = if now < until { RenewFrom::Expiry } else { RenewFrom::ExpiryOrToday };
    let ask = AskChange { action: ChangeAction::Renew, from, ..AskChange::default() };
    let short = match compute(&transaction, row.clone(), &ask, now).await {
        Ok(computed) if computed.shown.due.is_zero() => {
            let form = CommitChange::default();
            apply(app, &transaction, (now, &origin), computed, &ask, &form).await?;
            transaction.commit().await?;
            app.jobs_bell.notify_waiters();
            return Ok(true);
        }
        Ok(computed) => Short::of(&computed),
        Err(error) if error.status().is_client_error() => Short { asked: 0, why: error.to_string() },
        Err(error) => return Err(error),
    };
    miss(app, &transaction, (now, &origin), &case, short).await?;
    offline::renew_at(&transaction, id.0, Some(now + TRY_AGAIN).filter(|_| now < until)).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(false)
}

/// Whether the balance pays for another period by itself, as things stand.
pub async fn is_covered<C: ConnectionTrait>(
    connection: &C,
    row: &subscription::Model,
    now: i64,
) -> AppResult<bool> {
    let contract = offline::contract(connection, row.id).await?;
    if contract.is_none_or(|contract| contract.renews_at.is_none()) {
        return Ok(false);
    }
    let ask = AskChange { action: ChangeAction::Renew, from: RenewFrom::Expiry, ..AskChange::default() };
    match compute(connection, row.clone(), &ask, now).await {
        Ok(computed) => Ok(computed.shown.due.is_zero()),
        Err(error) if error.status().is_client_error() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Why a renewal did not come about.
struct Short {
    /// What it would have cost, minor units with tax.
    asked: i64,
    why: String,
}

impl Short {
    fn of(computed: &Computed) -> Self {
        let shown = &computed.shown;
        let why = format!("The balance of {} does not cover the {}", shown.from_balance, shown.total);
        Self { asked: shown.total.minor, why: format!("{why} of another period.") }
    }
}

/// What a missed renewal is called in the history: one for each period.
fn missed_name(contract: &offline_contract::Model) -> String {
    format!("subscription:{}:renewal:{}", contract.subscription_id, contract.term_end)
}

/// Writes down that it could not be renewed and tells the customer, once for each period.
async fn miss(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    case: &facts::Case,
    short: Short,
) -> AppResult<()> {
    let (row, contract) = (&case.row, &case.contract);
    let entry = NewEntry {
        subscription: Some(row.id),
        state: TransactionState::Failed,
        asked: short.asked,
        currency: contract.currency.clone(),
        method: "balance".to_owned(),
        note: short.why.clone(),
        ..NewEntry::of(
            row.customer_id,
            TransactionKind::PaymentFailed,
            TransactionSource::Scheduler,
            missed_name(contract),
            now,
        )
    };
    if !transactions::add(transaction, entry, now).await? {
        return Ok(());
    }
    let until = works_until(case);
    notices::renewal_missed(app, transaction, row, &case.items, (contract.term_end, until), &short.why)
        .await?;
    let entry = Entry {
        action: "renewal_missed",
        subject_kind: "subscription",
        subject_id: row.id,
        customer_id: Some(row.customer_id),
        text: format!("The subscription was not renewed. {}", short.why),
        ..Entry::default()
    };
    audit::record(transaction, now, origin, entry).await
}
