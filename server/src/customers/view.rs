//! Customers as staff see them.

use std::collections::HashMap;

use latchkey_shared::{
    api::{
        common::{Actor, List, ListQuery},
        customers::{Customer, CustomerRow, CustomerUser, StripeCustomerLink, TimelineEntry},
        terms::TermsAcceptance,
    },
    ids::{CustomerId, UserId},
    status::Headline,
    time::Timestamp,
};
use latchkey_store::{Access, customer_list, customers as store, entity::customer};

use crate::{
    billing::{self, dashboard_links},
    error::AppResult,
    filters, licensing,
    links::association,
    state::AppState,
    terms, webshops,
};

/// How many entries of the history come with a customer.
const TIMELINE: u64 = 50;

/// One page of the list.
pub async fn list(app: &AppState, access: Access, query: &ListQuery) -> AppResult<List<CustomerRow>> {
    let predicate = filters::predicate(app, &query.filter, customer_list::FIELDS).await?;
    let page = customer_list::list(app.store.read(), access, &predicate, query).await?;
    Ok(List { items: rows(app, page.rows).await?, meta: page.meta })
}

/// Rows with their counts.
pub async fn rows(app: &AppState, rows: Vec<customer::Model>) -> AppResult<Vec<CustomerRow>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let counts: HashMap<i64, (i64, i64)> = store::counts(app.store.read(), &ids).await?;
    let described = rows.into_iter().map(|row| {
        let (active_subscriptions, keys) = counts.get(&row.id).copied().unwrap_or_default();
        CustomerRow {
            id: CustomerId(row.id),
            headline: headline(&row),
            name: row.name,
            email: row.email,
            company: row.company,
            active_subscriptions,
            keys,
            created: Timestamp::from_millis(row.created_at),
        }
    });
    Ok(described.collect())
}

fn headline(row: &customer::Model) -> Headline {
    Headline::parse(&row.headline).unwrap_or(Headline::None)
}

/// The whole customer; the association link's address only where `with_links` allows.
pub async fn show(app: &AppState, row: customer::Model, with_links: bool) -> AppResult<Customer> {
    let connection = app.store.read();
    let id = CustomerId(row.id);
    let users = store::users(connection, row.id).await?;
    let account = store::account(&row, !users.is_empty());
    Ok(Customer {
        id,
        account,
        headline: headline(&row),
        association: association::show(app, &row, with_links).await?,
        users: users
            .into_iter()
            .map(|(user, since)| CustomerUser {
                id: UserId(user.id),
                name: user.name,
                email: user.email,
                since: Timestamp::from_millis(since),
                last_seen: user.last_seen_at.map(Timestamp::from_millis),
            })
            .collect(),
        stripe: stripe_links(app, row.id).await?,
        webshop: webshops::view::of_customer(app, row.webshop_id).await?,
        subscriptions: billing::view::rows_of_customer(app, id).await?,
        keys: licensing::view::rows_of_customer(app, id).await?,
        acceptances: acceptances(app, row.id).await?,
        timeline: timeline(app, row.id).await?,
        allow_activation_management: row.allow_activation_management,
        allow_multiple_users: row.allow_multiple_users,
        max_machines: row.max_machines,
        created: Timestamp::from_millis(row.created_at),
        updated: Timestamp::from_millis(row.updated_at),
        version: row.version,
        name: row.name,
        email: row.email,
        company: row.company,
        phone: row.phone,
        country: row.country,
        notes: row.notes,
        external_id: row.external_id,
    })
}

async fn stripe_links(app: &AppState, id: i64) -> AppResult<Vec<StripeCustomerLink>> {
    let mut links = Vec::new();
    for row in store::stripe_customers(app.store.read(), id).await? {
        let account = latchkey_store::stripe_accounts::find(app.store.read(), row.account_id).await?;
        let Some(account) = account else { continue };
        links.push(StripeCustomerLink {
            url: dashboard_links::customer(account.live, &row.stripe_id),
            account: account.name,
            stripe_id: row.stripe_id,
        });
    }
    Ok(links)
}

async fn acceptances(app: &AppState, id: i64) -> AppResult<Vec<TermsAcceptance>> {
    let current = terms::of_customer(app.store.read(), CustomerId(id)).await?;
    let rows = store::acceptances(app.store.read(), id).await?;
    let mut described = Vec::new();
    for (row, user_email) in rows {
        described.push(TermsAcceptance {
            user: UserId(row.user_id),
            user_email,
            current: current.as_ref().is_some_and(|own| {
                own.scope == row.scope && own.terms.url == row.url && own.terms.version == row.version
            }),
            scope: terms::scope_name(app.store.read(), &row.scope).await?,
            url: row.url,
            version: row.version,
            accepted: Timestamp::from_millis(row.accepted_at),
            ip: row.ip,
            user_agent: row.user_agent,
        });
    }
    Ok(described)
}

async fn timeline(app: &AppState, id: i64) -> AppResult<Vec<TimelineEntry>> {
    let rows = store::timeline(app.store.read(), id, TIMELINE).await?;
    let described = rows.into_iter().map(|row| TimelineEntry {
        at: Timestamp::from_millis(row.at),
        actor: Actor { source: row.source, name: row.actor_name },
        kind: row.action,
        text: row.text,
    });
    Ok(described.collect())
}
