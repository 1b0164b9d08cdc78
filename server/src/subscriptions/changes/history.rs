//! What was done, in the customer's history beside the audit: what became of the contract, what was paid, and how
//! the balance moved.

use latchkey_engine::change::{Line, Outcome};
use latchkey_shared::{
    change::{LineKind, PaidBy},
    transaction::{TransactionKind, TransactionSource},
};
use latchkey_store::{
    entity::subscription,
    transactions::{self, NewEntry},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{audit::Origin, billing::history::share_of_tax, error::AppResult};

/// An amount that was paid offline.
pub struct Paid<'a> {
    pub outcome: &'a Outcome,
    pub currency: &'a str,
    pub by: PaidBy,
    pub reference: &'a str,
}

/// What became of a contract. `action` is the audit's word; what the history has no word for is left out.
pub async fn note<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    row: &subscription::Model,
    action: &str,
    (text, reason): (&str, &str),
) -> AppResult<()> {
    let Some(kind) = TransactionKind::parse(action) else { return Ok(()) };
    let entry = NewEntry {
        note: text.to_owned(),
        reason: reason.trim().to_owned(),
        ..entry(row, kind, (now, origin))
    };
    transactions::add(connection, entry, now).await?;
    Ok(())
}

/// What was paid for it. Of the tax it has its share: what the balance paid was taxed when it was charged.
pub async fn paid<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    row: &subscription::Model,
    paid: Paid<'_>,
) -> AppResult<()> {
    let totals = &paid.outcome.totals;
    if totals.due <= 0 {
        return Ok(());
    }
    let tax = share_of_tax(totals.tax, totals.due, totals.gross);
    let entry = NewEntry {
        product: paid.outcome.items.first().map(|kept| kept.item.product),
        net: totals.due - tax,
        tax,
        currency: paid.currency.to_owned(),
        method: paid.by.as_str().to_owned(),
        reference: paid.reference.trim().to_owned(),
        details: json!({"lines": paid.outcome.lines.iter().map(line).collect::<Vec<_>>()}),
        ..entry(row, TransactionKind::Payment, (now, origin))
    };
    transactions::add(connection, entry, now).await?;
    Ok(())
}

/// A line as the entry's page shows it: before tax.
fn line(line: &Line) -> Value {
    let name = if line.kind == LineKind::Waived { line.kind.label() } else { line.name.as_str() };
    let pieces = if line.quantity > 1 { format!("{} × {name}", line.quantity) } else { name.to_owned() };
    let text = match line.kind {
        LineKind::Unused => format!("{pieces}, {}", LineKind::Unused.label().to_lowercase()),
        LineKind::Charge | LineKind::Waived => pieces,
    };
    json!({"text": text, "amount": line.amount})
}

/// How a customer's balance moved with it; no money moved.
pub async fn balance<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    row: &subscription::Model,
    (amount, currency): (i64, &str),
    text: &str,
) -> AppResult<()> {
    let entry = NewEntry {
        asked: amount,
        currency: currency.to_owned(),
        method: "balance".to_owned(),
        note: text.to_owned(),
        details: json!({}),
        ..entry(row, TransactionKind::Balance, (now, origin))
    };
    transactions::add(connection, entry, now).await?;
    Ok(())
}

fn entry(row: &subscription::Model, kind: TransactionKind, (now, origin): (i64, &Origin)) -> NewEntry {
    let source = TransactionSource::parse(origin.source).unwrap_or(TransactionSource::Staff);
    NewEntry {
        subscription: Some(row.id),
        actor: origin.name.clone().map(|name| (origin.id, name)),
        ..NewEntry::of(
            row.customer_id,
            kind,
            source,
            format!("subscription:{}:{}:{now}", row.id, kind.as_str()),
            now,
        )
    }
}
