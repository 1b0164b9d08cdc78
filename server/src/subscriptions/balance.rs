//! Customers' balances: what was credited and is used up by renewals and changes. It is never paid out.

use std::collections::BTreeMap;

use latchkey_shared::{
    api::changes::{AdjustBalance, Balance, BalanceEntry},
    ids::{CustomerId, SubscriptionId},
    money::{Currency, Money},
    time::Timestamp,
};
use latchkey_store::{Access, balances as store, customers, entity::balance_entry, offline};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    subscriptions::changes,
};

/// A customer's balances and how they came about.
pub async fn show(app: &AppState, access: Access, customer: CustomerId) -> AppResult<Balance> {
    let connection = app.store.read();
    must_exist(connection, access, customer).await?;
    let rows = store::entries(connection, customer).await?;
    let mut totals: BTreeMap<Currency, i64> = BTreeMap::new();
    let mut entries = Vec::new();
    for row in rows {
        let amount = Money::new(row.amount, changes::currency(&row.currency)?);
        let total = totals.entry(amount.currency).or_default();
        *total = total.saturating_add(amount.minor);
        entries.push(BalanceEntry {
            at: Timestamp::from_millis(row.created_at),
            amount,
            text: row.text,
            by: row.actor_name,
            subscription: row.subscription_id.map(SubscriptionId),
        });
    }
    let totals = totals.into_iter().filter(|(_, minor)| *minor != 0);
    Ok(Balance { totals: totals.map(|(currency, minor)| Money::new(minor, currency)).collect(), entries })
}

/// Corrects a balance; it cannot go below nothing.
pub async fn adjust(
    app: &AppState,
    origin: &Origin,
    (access, customer): (Access, CustomerId),
    form: &AdjustBalance,
) -> AppResult<Balance> {
    if form.amount.is_zero() {
        return Err(AppError::field("amount", "Enter an amount."));
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    must_exist(&transaction, access, customer).await?;
    store::hold(&transaction, customer).await?;
    let currency = form.amount.currency;
    let left = store::of(&transaction, customer, currency.code()).await?;
    let after = left
        .checked_add(form.amount.minor)
        .ok_or_else(|| AppError::field("amount", "The amount is too large."))?;
    if after < 0 {
        let words = format!("There are only {} to take away.", Money::new(left, currency));
        return Err(AppError::field("amount", words));
    }
    let row = balance_entry::ActiveModel {
        id: NotSet,
        customer_id: Set(customer.0),
        subscription_id: Set(None),
        currency: Set(currency.code().to_owned()),
        amount: Set(form.amount.minor),
        text: Set(form.reason.trim().to_owned()),
        source: Set(origin.source.to_owned()),
        actor_name: Set(origin.name.clone()),
        created_at: Set(now),
    };
    store::add(&transaction, row).await?;
    if form.amount.minor > 0 {
        offline::credited(&transaction, customer.0, now).await?;
    }
    let entry = Entry {
        action: "balance_adjusted",
        subject_kind: "customer",
        subject_id: customer.0,
        customer_id: Some(customer.0),
        text: format!("The balance was corrected by {}.", form.amount),
        before: Some(json!({"balance": left})),
        after: Some(json!({"balance": after})),
        reason: form.reason.trim().to_owned(),
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    show(app, access, customer).await
}

async fn must_exist<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    customer: CustomerId,
) -> AppResult<()> {
    let found = customers::find(connection, access, customer).await?;
    found.map(|_| ()).ok_or_else(|| AppError::not_found("customer"))
}
