//! The list, its sums, and one entry with what belongs to it.

use std::collections::{BTreeMap, HashMap};

use latchkey_shared::{
    api::{
        common::{Actor, List, ListQuery},
        transactions::{Transaction, TransactionLine, TransactionRow, TransactionSum, TransactionSums},
    },
    ids::{CustomerId, ProductId, SubscriptionId, TransactionId},
    money::{Currency, Money},
    time::Timestamp,
    transaction::{TransactionKind, TransactionSource, TransactionState},
};
use latchkey_store::{
    Access, customers,
    entity::{stripe_account, transaction_entry as entry},
    products, stripe_accounts, transactions as store,
};

use super::{Payer, left, payer};
use crate::{
    billing::{dashboard_links, refund_policy, view::money},
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// One page of the list.
pub async fn list(app: &AppState, access: Access, query: &ListQuery) -> AppResult<List<TransactionRow>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), access, &predicate, query).await?;
    Ok(List { items: rows(app, access, page.rows).await?, meta: page.meta })
}

/// The sums of everything that matches.
pub async fn sums(app: &AppState, access: Access, filter: &str) -> AppResult<TransactionSums> {
    let predicate = filters::predicate(app, filter, store::FIELDS).await?;
    let sums = store::sums(app.store.read(), access, &predicate).await?;
    let shown = sums.into_iter().filter_map(|sum| {
        let currency = Currency::parse(&sum.currency).ok()?;
        let money = |minor| Money::new(minor, currency);
        Some(TransactionSum { net: money(sum.net), tax: money(sum.tax), gross: money(sum.gross) })
    });
    Ok(TransactionSums { sums: shown.collect() })
}

/// One entry.
pub async fn show(app: &AppState, access: Access, id: TransactionId) -> AppResult<Transaction> {
    let row = store::find(app.store.read(), access, id).await?.ok_or_else(not_found)?;
    let account = stripe_accounts::find(app.store.read(), row.account_id).await?;
    let product = match row.product_id {
        Some(id) => products::by_id(app.store.read(), [id]).await?.remove(&id).map(|product| product.name),
        None => None,
    };
    let related = match &row.payment_ref {
        Some(name) => {
            store::of_payments(app.store.read(), access, row.account_id, std::slice::from_ref(name)).await?
        }
        None => Vec::new(),
    };
    let payer = payer(&row);
    let refundable = payer.map(|_| left(&row, &related)).filter(|left| *left > 0);
    let others = related.into_iter().filter(|other| other.id != row.id).collect();
    let text = |name: &str| row.details[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(Transaction {
        product_name: product,
        by: Actor { source: row.source.clone(), name: row.actor_name.clone() },
        reason: row.reason.clone(),
        note: row.note.clone(),
        lines: lines(&row),
        stripe_url: account.and_then(|account| stripe_url(&row, &account)),
        pdf: text("pdf"),
        error: text("error"),
        related: rows(app, access, others).await?,
        full_refund: refund_policy::rule(app.store.read()).await?,
        refundable: refundable.and_then(|left| money(left, &row.currency)),
        refund_by_hand: payer == Some(Payer::Staff),
        row: rows(app, access, vec![row]).await?.into_iter().next().ok_or_else(not_found)?,
    })
}

pub fn not_found() -> AppError {
    AppError::not_found("transaction")
}

/// Rows with the customers' names, and what was given back of payments.
async fn rows(app: &AppState, access: Access, rows: Vec<entry::Model>) -> AppResult<Vec<TransactionRow>> {
    let buyers: Vec<i64> = rows.iter().map(|row| row.customer_id).collect();
    let names = customers::names(app.store.read(), &buyers).await?;
    let given_back = given_back(app, access, &rows).await?;
    let described = rows.into_iter().filter_map(|row| {
        let name = names.get(&row.customer_id).cloned();
        let back = given_back.get(&row.id).copied().unwrap_or_default();
        describe(&row, name, back)
    });
    Ok(described.collect())
}

/// What was given back of each payment among these, by its number; one query per account.
async fn given_back(app: &AppState, access: Access, rows: &[entry::Model]) -> AppResult<HashMap<i64, i64>> {
    let mut of_accounts: BTreeMap<i64, Vec<&entry::Model>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == TransactionKind::Payment.as_str()) {
        of_accounts.entry(row.account_id).or_default().push(row);
    }
    let mut found = HashMap::new();
    for (account, payments) in of_accounts {
        let names: Vec<String> = payments.iter().filter_map(|row| row.payment_ref.clone()).collect();
        let related = store::of_payments(app.store.read(), access, account, &names).await?;
        for payment in payments {
            let own: Vec<entry::Model> = related
                .iter()
                .filter(|row| row.payment_ref == payment.payment_ref)
                .filter(|row| row.kind == TransactionKind::Refund.as_str())
                .cloned()
                .collect();
            found.insert(payment.id, payment.gross - left(payment, &own));
        }
    }
    Ok(found)
}

fn describe(row: &entry::Model, customer_name: Option<String>, given_back: i64) -> Option<TransactionRow> {
    let kind = TransactionKind::parse(&row.kind)?;
    let shown = |minor: i64| money(minor, &row.currency).filter(|_| kind.moves_money());
    Some(TransactionRow {
        id: TransactionId(row.id),
        date: Timestamp::from_millis(row.happened_at),
        kind,
        state: TransactionState::parse(&row.state)?,
        source: TransactionSource::parse(&row.source)?,
        customer: CustomerId(row.customer_id),
        customer_name,
        subscription: row.subscription_id.map(SubscriptionId),
        gross: shown(row.gross),
        net: shown(row.net),
        tax: shown(row.tax),
        asked: money(row.asked, &row.currency).filter(|asked| !asked.is_zero()),
        given_back: money(given_back, &row.currency).filter(|back| !back.is_zero()),
        method: row.method.clone(),
        reference: row.reference.clone(),
    })
}

fn lines(row: &entry::Model) -> Vec<TransactionLine> {
    let lines = row.details["lines"].as_array().into_iter().flatten();
    let read = lines.filter_map(|line| {
        Some(TransactionLine {
            text: line["text"].as_str()?.to_owned(),
            amount: money(line["amount"].as_i64()?, &row.currency)?,
        })
    });
    read.collect()
}

/// Where Stripe shows it: the invoice of a payment, the payment of what was given back.
fn stripe_url(row: &entry::Model, account: &stripe_account::Model) -> Option<String> {
    if let Some(invoice) = row.details["invoice"].as_str() {
        return Some(dashboard_links::invoice(account.live, invoice));
    }
    let intent = row.payment_ref.as_deref().filter(|name| name.starts_with("pi_"))?;
    Some(dashboard_links::payment(account.live, intent))
}

/// The names of the products of these entries.
pub async fn product_names(app: &AppState, rows: &[entry::Model]) -> AppResult<HashMap<i64, String>> {
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.product_id).collect();
    let found = products::by_id(app.store.read(), ids).await?;
    Ok(found.into_iter().map(|(id, product)| (ProductId(id).0, product.name)).collect())
}
