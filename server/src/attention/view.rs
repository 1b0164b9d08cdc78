//! The list, and one row with all that helps to decide.

use latchkey_shared::{
    api::{
        attention::{Attention, AttentionRow, Tried},
        common::{Actor, List, ListQuery},
        subscriptions::SubscriptionKey,
    },
    attention::AttentionCode,
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    time::Timestamp,
};
use latchkey_store::{
    attention as store, customers,
    entity::{attention, stripe_account},
    stripe_accounts, subscription_keys, subscriptions,
    sync_jobs::{self, Target},
};

use super::next_try;
use crate::{
    audit,
    billing::{dashboard_links, view::money},
    error::{AppError, AppResult},
    filters,
    state::AppState,
};

/// Entries of the history that concern a row name it so.
pub const SUBJECT: &str = "attention";
/// What was tried, at most.
const TRIED: u64 = 50;

/// One page of the list.
pub async fn list(app: &AppState, query: &ListQuery) -> AppResult<List<AttentionRow>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), &predicate, query).await?;
    Ok(List { items: rows(app, page.rows).await?, meta: page.meta })
}

async fn rows(app: &AppState, rows: Vec<attention::Model>) -> AppResult<Vec<AttentionRow>> {
    let buyers: Vec<i64> = rows.iter().filter_map(|row| row.customer_id).collect();
    let names = customers::names(app.store.read(), &buyers).await?;
    let accounts = stripe_accounts::all(app.store.read()).await?;
    let next_tries = next_try::of(app.store.read(), &rows).await?;
    let described = rows.into_iter().filter_map(|row| {
        let name = row.customer_id.and_then(|id| names.get(&id).cloned());
        let next_try = next_tries.get(&row.id).copied().map(Timestamp::from_millis);
        describe(row, name, next_try, &accounts)
    });
    Ok(described.collect())
}

fn describe(
    row: attention::Model,
    customer_name: Option<String>,
    next_try: Option<Timestamp>,
    accounts: &[stripe_account::Model],
) -> Option<AttentionRow> {
    let live = accounts.iter().find(|account| Some(account.id) == row.account_id)?.live;
    let url = |id: &String| {
        let page =
            if id.starts_with("cus_") { dashboard_links::customer } else { dashboard_links::subscription };
        page(live, id)
    };
    Some(AttentionRow {
        id: row.id,
        code: AttentionCode::parse(&row.code)?,
        customer: row.customer_id.map(CustomerId),
        customer_name,
        subscription: row.subscription_id.map(SubscriptionId),
        stripe_url: row.stripe_id.as_ref().map(url),
        stripe_id: row.stripe_id,
        detail: row.detail,
        at_stake: row.amount.zip(row.currency).and_then(|(amount, currency)| money(amount, &currency)),
        since: Timestamp::from_millis(row.first_seen_at),
        seen: Timestamp::from_millis(row.last_seen_at),
        times_seen: row.times_seen,
        next_try,
        resolved: row.resolved_at.map(Timestamp::from_millis),
        resolution: row.resolution,
    })
}

/// One row.
pub async fn show(app: &AppState, id: i64) -> AppResult<Attention> {
    let connection = app.store.read();
    let row = store::find(connection, id).await?.ok_or_else(not_found)?;
    let code = AttentionCode::parse(&row.code).ok_or_else(not_found)?;
    let ties = match row.subscription_id {
        Some(subscription) => subscription_keys::of_subscription(connection, subscription).await?,
        None => Vec::new(),
    };
    let keys = ties.iter().map(|(_, key)| SubscriptionKey {
        global_id: KeyGlobalId(key.id),
        id: key.number,
        key: key.key_text.clone(),
    });
    let product = match row.subscription_id {
        Some(subscription) => {
            let items = subscriptions::items(connection, &[subscription]).await?;
            let mut products = items.iter().filter_map(|item| item.product_id);
            products.find(|id| !ties.iter().any(|(tie, _)| tie.product_id == *id)).map(ProductId)
        }
        None => None,
    };
    let tried = history(app, &row).await?;
    let open = row.resolved_at.is_none();
    Ok(Attention {
        actions: if open { code.actions().to_vec() } else { Vec::new() },
        tried,
        keys: keys.collect(),
        product,
        row: rows(app, vec![row]).await?.into_iter().next().ok_or_else(not_found)?,
    })
}

pub fn not_found() -> AppError {
    AppError::not_found("entry")
}

/// What people did about it and what Latchkey's last try came to.
async fn history(app: &AppState, row: &attention::Model) -> AppResult<Vec<Tried>> {
    let connection = app.store.read();
    let mut tried = Vec::new();
    let job = match (row.account_id, row.stripe_id.as_deref()) {
        (Some(account), Some(id)) if id.starts_with("sub_") => {
            sync_jobs::find(connection, &Target::subscription(account, id)).await?
        }
        _ => None,
    };
    if let Some(error) = job.and_then(|job| job.last_error) {
        let at = Timestamp::from_millis(row.last_seen_at);
        tried.push(Tried {
            at,
            by: None,
            text: format!("The last try to fetch it from Stripe failed: {error}"),
        });
    }
    let looked = match row.times_seen {
        1 => "Latchkey looked once, and found it so.".to_owned(),
        times => format!("Latchkey looked {times} times, and found it so each time."),
    };
    tried.push(Tried { at: Timestamp::from_millis(row.last_seen_at), by: None, text: looked });
    for entry in audit::of_subject(connection, SUBJECT, row.id, TRIED).await? {
        let by = Actor { source: entry.source, name: entry.actor_name };
        tried.push(Tried { at: Timestamp::from_millis(entry.at), by: Some(by), text: entry.text });
    }
    tried.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(tried)
}
