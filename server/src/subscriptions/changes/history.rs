//! What was done, in the customer's history beside the audit: what became of the contract, what was paid, and how
//! the balance moved.

use latchkey_shared::{
    change::PaidBy,
    transaction::{TransactionKind, TransactionSource},
};
use latchkey_store::{
    entity::subscription,
    transactions::{self, NewEntry},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{audit::Origin, error::AppResult};

/// An amount that was paid offline.
pub struct Paid<'a> {
    /// Minor units, tax included.
    pub gross: i64,
    pub tax: i64,
    pub currency: &'a str,
    pub by: PaidBy,
    pub reference: &'a str,
    pub product: Option<i64>,
    pub details: Value,
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

/// What was paid for it.
pub async fn paid<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    row: &subscription::Model,
    paid: Paid<'_>,
) -> AppResult<()> {
    if paid.gross <= 0 {
        return Ok(());
    }
    let entry = NewEntry {
        product: paid.product,
        net: paid.gross - paid.tax,
        tax: paid.tax,
        currency: paid.currency.to_owned(),
        method: paid.by.as_str().to_owned(),
        reference: paid.reference.trim().to_owned(),
        details: paid.details,
        ..entry(row, TransactionKind::Payment, (now, origin))
    };
    transactions::add(connection, entry, now).await?;
    Ok(())
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
