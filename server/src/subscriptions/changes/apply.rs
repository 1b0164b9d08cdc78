//! Carrying out a change of a subscription that is billed offline, in one transaction.

use latchkey_engine::change::{self as engine, Outcome};
use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangeWhen, CommitChange},
    change::PaidBy,
    time::Timestamp,
};
use latchkey_store::{
    balances, changes as store, customers,
    entity::{balance_entry, offline_contract, pending_change, subscription, subscription_item},
    offline, subscriptions,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction,
};
use serde_json::json;

use super::{
    facts, history,
    preview::Computed,
    rows::{self, Sold},
    words,
};
use crate::{
    audit::{self, Entry, Origin},
    billing::{sync::standing_status, view::awaits_sign_in},
    communications::notices,
    error::AppResult,
    state::AppState,
    subscriptions::offline::keys::{self, Holding},
};

/// Stores what was computed.
pub async fn apply(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    computed: Computed,
    ask: &AskChange,
    form: &CommitChange,
) -> AppResult<()> {
    let before = state(&computed.case.row, &computed.case.contract);
    let done = words::of(&computed, ask);
    let planned =
        computed.outcome.as_ref().filter(|outcome| outcome.is_planned).map(|outcome| outcome.effective);
    let mut after = computed.case;
    match (planned, ask.action) {
        (Some(at), ChangeAction::Change) => {
            let row = pending_change::Model {
                subscription_id: after.row.id,
                due_at: at.millis(),
                request: json!(AskChange { when: ChangeWhen::Now, on: None, ..ask.clone() }),
                text: done.text.clone(),
                source: origin.source.to_owned(),
                actor_name: origin.name.clone(),
                attempts: 0,
                last_error: None,
                created_at: now,
            };
            store::plan(transaction, row).await?;
        }
        (Some(at), _) => {
            store::forget(transaction, after.row.id).await?;
            after.row.cancels_at = Some(at.millis());
        }
        (None, _) => {
            store::forget(transaction, after.row.id).await?;
            match &computed.outcome {
                Some(outcome) if ask.action == ChangeAction::Cancel => {
                    end(&mut after.row, &mut after.contract, now, outcome);
                }
                Some(outcome) => hold(transaction, &mut after, outcome, ask.action, form).await?,
                None => give(&mut after.row, &mut after.contract, ask.action, computed.until, now),
            }
        }
    }
    if let Some(outcome) = computed.outcome.as_ref().filter(|outcome| !outcome.is_planned) {
        let moved = outcome.totals.to_balance - outcome.totals.from_balance;
        balance_moved(transaction, (now, origin), &after.row, &after.contract.currency, moved, &done.text)
            .await?;
    }
    if let Some(outcome) = &computed.outcome {
        let paid = history::Paid {
            outcome,
            currency: &after.contract.currency,
            by: form.paid_by,
            reference: &form.reference,
        };
        history::paid(transaction, (now, origin), &after.row, paid).await?;
    }
    settle(app, transaction, (now, origin), &mut after).await?;
    if ask.action == ChangeAction::Cancel {
        let at = after.row.ended_at.or(after.row.cancels_at).unwrap_or(now);
        notices::cancelled(app, transaction, &after.row, &after.items, at).await?;
    }
    history::note(transaction, (now, origin), &after.row, done.action, (&done.text, &form.reason)).await?;
    let entry = Entry {
        action: done.action,
        subject_kind: "subscription",
        subject_id: after.row.id,
        customer_id: Some(after.row.customer_id),
        text: done.text,
        before: Some(before),
        after: Some(with_money(state(&after.row, &after.contract), computed.outcome.as_ref(), ask, form)),
        reason: form.reason.trim().to_owned(),
    };
    audit::record(transaction, now, origin, entry).await
}

/// Writes rows, keys and statuses of what has changed.
pub async fn settle(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    case: &mut facts::Case,
) -> AppResult<()> {
    let awaits = awaits_sign_in(&case.row);
    let stops =
        case.row.ended_at.is_some() || case.row.cancels_at.is_some() || case.contract.paused_at.is_some();
    let goes_on = !awaits && !stops;
    case.contract.renews_at = (case.contract.auto_renew && goes_on).then_some(case.contract.term_end);
    case.contract.updated_at = now;
    offline::save(transaction, case.contract.clone()).await?;
    case.items = subscriptions::items(transaction, &[case.row.id]).await?;
    let holding =
        Holding { row: &case.row, contract: &case.contract, items: &case.items, products: &case.products };
    let lead =
        if awaits { None } else { keys::keep_in_step(app, transaction, (now, origin), &holding).await? };
    let expires = lead.as_ref().and_then(|key| key.expires_at).or_else(|| Some(with_grace(case)));
    let status = standing_status(&case.row, expires, case.contract.extended_until, now);
    status.as_str().clone_into(&mut case.row.status);
    case.row.updated_at = now;
    subscriptions::save(transaction, case.row.clone()).await?;
    customers::refresh_headline(transaction, case.row.customer_id).await?;
    Ok(())
}

/// Until when it works without another payment.
pub fn works_until(case: &facts::Case) -> i64 {
    with_grace(case).max(case.contract.extended_until.unwrap_or(i64::MIN))
}

/// Until when something works that has no key.
fn with_grace(case: &facts::Case) -> i64 {
    let product = case.items.first().and_then(|item| case.products.get(&item.product_id?));
    let paid = !facts::on_trial(&case.row, &case.contract);
    let grace = product.filter(|_| paid).map_or(0, |product| product.grace_days);
    Timestamp::from_millis(case.contract.term_end).plus_days(grace).millis()
}

/// Other items or another period.
async fn hold(
    transaction: &DatabaseTransaction,
    case: &mut facts::Case,
    outcome: &Outcome,
    action: ChangeAction,
    form: &CommitChange,
) -> AppResult<()> {
    let (row, contract) = (&mut case.row, &mut case.contract);
    if let Some(term) = outcome.term {
        contract.term_start = term.start.millis();
        contract.term_end = term.end.millis();
        contract.lengths = i64::from(term.lengths);
        contract.anchor_at = term.anchor.millis();
        row.paid_through = Some(term.end.millis());
    }
    contract.paid = rows::paid(&outcome.items);
    if outcome.totals.due > 0 || form.paid_by == PaidBy::Free {
        form.paid_by.as_str().clone_into(&mut contract.paid_by);
        form.reference.trim().clone_into(&mut contract.reference);
    }
    if action == ChangeAction::Renew {
        (row.ended_at, row.cancels_at) = (None, None);
    }
    let held: Vec<_> = outcome.items.iter().map(|kept| &kept.item).collect();
    let sold = Sold::load(transaction, &held).await?;
    let wanted = rows::items(row.id, &held, outcome.term.as_ref(), &sold);
    subscriptions::replace_items(transaction, &case.items, wanted, subscription_item::Column::PlanId).await?;
    Ok(())
}

/// The end, at once. What was given beyond the paid time ends with it.
fn end(row: &mut subscription::Model, contract: &mut offline_contract::Model, now: i64, outcome: &Outcome) {
    row.ended_at = Some(now);
    row.cancels_at = None;
    row.pause = None;
    row.paid_through = outcome.new_expiry.map(Timestamp::millis);
    contract.term_end = row.paid_through.unwrap_or(now);
    contract.extended_until = None;
    contract.paused_at = None;
}

/// Time, and breaks.
fn give(
    row: &mut subscription::Model,
    contract: &mut offline_contract::Model,
    action: ChangeAction,
    until: Option<i64>,
    now: i64,
) {
    match action {
        ChangeAction::Extend => contract.extended_until = until,
        ChangeAction::Pause => {
            contract.paused_at = Some(now);
            row.pause = Some(json!({"since": now}));
        }
        _ => {
            let on_trial = facts::on_trial(row, contract);
            let now = Timestamp::from_millis(now);
            let paused = contract.paused_at.take().map_or(now, Timestamp::from_millis);
            let term = engine::resumed(&facts::term(contract), paused, now);
            contract.extended_until = facts::given_after_break(contract, paused, now).map(Timestamp::millis);
            // An end with what is paid for stays that, however long the break was.
            let with_term = row.cancels_at == Some(contract.term_end);
            contract.term_start = term.start.millis();
            contract.term_end = term.end.millis();
            contract.anchor_at = term.anchor.millis();
            row.paid_through = Some(contract.term_end);
            row.cancels_at = if with_term { row.paid_through } else { row.cancels_at };
            row.trial_ends_at = if on_trial { row.paid_through } else { row.trial_ends_at };
            row.pause = None;
        }
    }
}

/// Moves a customer's balance.
pub async fn balance_moved(
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    row: &subscription::Model,
    currency: &str,
    amount: i64,
    text: &str,
) -> AppResult<()> {
    if amount == 0 {
        return Ok(());
    }
    history::balance(transaction, (now, origin), row, (amount, currency), text).await?;
    if amount > 0 {
        offline::credited(transaction, row.customer_id, now).await?;
    }
    let row = balance_entry::ActiveModel {
        id: NotSet,
        customer_id: Set(row.customer_id),
        subscription_id: Set(Some(row.id)),
        currency: Set(currency.to_owned()),
        amount: Set(amount),
        text: Set(text.to_owned()),
        source: Set(origin.source.to_owned()),
        actor_name: Set(origin.name.clone()),
        created_at: Set(now),
    };
    balances::add(transaction, row).await?;
    Ok(())
}

fn state(row: &subscription::Model, contract: &offline_contract::Model) -> serde_json::Value {
    json!({
        "status": row.status,
        "paid_through": contract.term_end,
        "extended_until": contract.extended_until,
        "cancels_at": row.cancels_at,
        "ended_at": row.ended_at,
        "paused_at": contract.paused_at,
        "paid": contract.paid,
    })
}

fn with_money(
    mut state: serde_json::Value,
    outcome: Option<&Outcome>,
    ask: &AskChange,
    form: &CommitChange,
) -> serde_json::Value {
    state["asked"] = json!(ask);
    if let Some(outcome) = outcome.filter(|outcome| !outcome.lines.is_empty()) {
        state["due"] = json!(outcome.totals.due);
        state["tax"] = json!(outcome.totals.tax);
        state["from_balance"] = json!(outcome.totals.from_balance);
        state["to_balance"] = json!(outcome.totals.to_balance);
        state["paid_by"] = json!(form.paid_by);
        state["reference"] = json!(form.reference.trim());
    }
    state
}
