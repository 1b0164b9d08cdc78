//! What the command palette finds: customers, licence keys, subscriptions and products by name or any id.
//!
//! Each kind needs its own permission. What carries the sought id itself comes first.

use latchkey_engine::filter::{Predicate, SearchTerm};
use latchkey_shared::{
    api::{
        common::ListQuery,
        dashboard::{HitKind, SearchHit, SearchResults},
        keys::KeyRow,
    },
    ids::SubscriptionId,
    permission::Permission,
    status::SubscriptionStatus,
};
use latchkey_store::{
    Access, customer_list, customers,
    entity::{customer, product, subscription, subscription_item},
    key_list, products, subscriptions,
};

use crate::{error::AppResult, licensing, state::AppState};

/// Hits per kind; four kinds make twenty.
const PER_KIND: u32 = 5;

/// What `text` finds of what the caller may see.
pub async fn find(
    app: &AppState,
    access: Access,
    may: impl Fn(Permission) -> bool,
    text: &str,
) -> AppResult<SearchResults> {
    let term = SearchTerm::new(text);
    if term.text.is_empty() {
        return Ok(SearchResults { hits: Vec::new() });
    }
    let mut found = Vec::new();
    if may(Permission::CustomersRead) {
        found.extend(in_customers(app, access, &term).await?);
    }
    if may(Permission::KeysRead) {
        found.extend(in_keys(app, access, &term).await?);
    }
    if may(Permission::SubscriptionsRead) {
        found.extend(in_subscriptions(app, access, &term).await?);
    }
    if may(Permission::ProductsRead) {
        found.extend(in_products(app, &term).await?);
    }
    // Stable: within exact and other hits the kinds keep their order.
    found.sort_by_key(|hit| !hit.exact);
    Ok(SearchResults { hits: found.into_iter().map(|hit| hit.hit).collect() })
}

struct Found {
    /// It carries the sought id itself.
    exact: bool,
    hit: SearchHit,
}

fn everything_with(term: &SearchTerm) -> (Predicate, ListQuery) {
    (Predicate::Search(term.clone()), ListQuery { limit: PER_KIND, ..ListQuery::default() })
}

/// A list puts the row with the sought id before its page, which makes it one longer.
fn at_most<T>(mut rows: Vec<T>) -> Vec<T> {
    rows.truncate(PER_KIND as usize);
    rows
}

async fn in_customers(app: &AppState, access: Access, term: &SearchTerm) -> AppResult<Vec<Found>> {
    let (predicate, query) = everything_with(term);
    let page = customer_list::list(app.store.read(), access, &predicate, &query).await?;
    Ok(at_most(page.rows).into_iter().map(|row| of_customer(row, term)).collect())
}

fn of_customer(row: customer::Model, term: &SearchTerm) -> Found {
    let detail = [row.email, row.company].into_iter().find(|text| !text.is_empty() && *text != row.name);
    Found {
        exact: term.id == Some(row.id),
        hit: SearchHit {
            kind: HitKind::Customer,
            title: row.name,
            detail: joined(&format!("#{}", row.id), &detail.unwrap_or_default()),
            href: format!("/Customers/{}", row.id),
        },
    }
}

async fn in_keys(app: &AppState, access: Access, term: &SearchTerm) -> AppResult<Vec<Found>> {
    let (predicate, query) = everything_with(term);
    let page = key_list::list(app.store.read(), access, None, &predicate, app.clock.now(), &query).await?;
    let rows = licensing::view::rows(app, at_most(page.rows)).await?;
    Ok(rows.into_iter().map(|row| of_key(row, term)).collect())
}

fn of_key(row: KeyRow, term: &SearchTerm) -> Found {
    let exact = term.id.is_some_and(|id| id == row.global_id.0 || id == row.id)
        || term.key.as_deref() == Some(row.key.as_str());
    Found {
        exact,
        hit: SearchHit {
            kind: HitKind::Key,
            title: row.key,
            detail: joined(
                &format!("{} {}", row.product_name, row.id),
                &row.customer_name.unwrap_or_default(),
            ),
            href: format!("/Keys/{}", row.global_id),
        },
    }
}

async fn in_subscriptions(app: &AppState, access: Access, term: &SearchTerm) -> AppResult<Vec<Found>> {
    let connection = app.store.read();
    let (predicate, query) = everything_with(term);
    let mut rows = subscriptions::list(connection, access, &predicate, &query).await?.rows;
    if let Some(id) = term.id
        && let Some(exact) = subscriptions::find(connection, access, SubscriptionId(id)).await?
    {
        rows.retain(|row| row.id != exact.id);
        rows.insert(0, exact);
    }
    let rows = at_most(rows);
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let items = subscriptions::items(connection, &ids).await?;
    let owners: Vec<i64> = rows.iter().map(|row| row.customer_id).collect();
    let names = customers::names(connection, &owners).await?;
    let described = rows.into_iter().map(|row| {
        let item = items.iter().find(|item| item.subscription_id == row.id);
        let owner = names.get(&row.customer_id).map_or("", String::as_str);
        of_subscription(row, item, owner, term)
    });
    Ok(described.collect())
}

fn of_subscription(
    row: subscription::Model,
    base: Option<&subscription_item::Model>,
    owner: &str,
    term: &SearchTerm,
) -> Found {
    let plan = base.map(|item| joined(&item.product_name, &item.plan_name)).unwrap_or_default();
    let status = SubscriptionStatus::parse(&row.status).map_or("", SubscriptionStatus::label);
    let stripe_id = row.stripe_id.unwrap_or_default();
    Found {
        exact: term.id == Some(row.id) || (term.is_stripe_id && term.text == stripe_id),
        hit: SearchHit {
            kind: HitKind::Subscription,
            title: if plan.is_empty() { stripe_id } else { plan },
            detail: joined(owner, status),
            href: format!("/Subscriptions/{}", row.id),
        },
    }
}

async fn in_products(app: &AppState, term: &SearchTerm) -> AppResult<Vec<Found>> {
    let (predicate, query) = everything_with(term);
    let page = products::list(app.store.read(), &predicate, &query).await?;
    Ok(at_most(page.rows).into_iter().map(|row| of_product(row, term)).collect())
}

fn of_product(row: product::Model, term: &SearchTerm) -> Found {
    Found {
        exact: term.id == Some(row.id),
        hit: SearchHit {
            kind: HitKind::Product,
            title: row.name,
            detail: joined(&format!("#{}", row.id), if row.active { "" } else { "Archived" }),
            href: format!("/Products/{}", row.id),
        },
    }
}

/// `first · second`, or whichever there is.
fn joined(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (false, false) => format!("{first} · {second}"),
        _ => format!("{first}{second}"),
    }
}
