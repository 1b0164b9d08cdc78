//! Webshops: adding, changing, and who is bound to which.

pub mod shop;
pub mod view;

use std::collections::BTreeSet;

use latchkey_shared::{
    api::{terms::Terms, webshops::SetWebshop},
    ids::{CustomerId, WebshopId},
};
use latchkey_store::{
    Access, customers as customer_store,
    entity::{customer, webshop},
    products, webshops as store,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    billing::accounts,
    customers,
    error::{AppError, AppResult},
    state::AppState,
    terms,
};

/// Makes the default one on an empty database: everything, in every currency, through the first account.
pub async fn ensure<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    if store::find(connection, store::DEFAULT).await?.is_some() {
        return Ok(());
    }
    let row = webshop::ActiveModel {
        id: Set(store::DEFAULT.0),
        name: Set("Main webshop".to_owned()),
        currency: Set(None),
        account_id: Set(None),
        all_products: Set(true),
        active: Set(true),
        terms_url: Set(String::new()),
        terms_version: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    store::ensure_default(connection, row).await?;
    Ok(())
}

/// Adds a webshop.
pub async fn add(app: &AppState, origin: &Origin, form: &SetWebshop) -> AppResult<webshop::Model> {
    check_account(app, form).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let named = check(&transaction, None, form).await?;
    let own_terms = terms_of(&transaction, now, None, form).await?;
    let row = webshop::ActiveModel {
        id: NotSet,
        name: Set(form.name.trim().to_owned()),
        currency: Set(form.currency.map(|currency| currency.code().to_owned())),
        account_id: Set(form.account.map(|account| account.0)),
        all_products: Set(form.all_products),
        active: Set(form.active),
        terms_url: Set(own_terms.url),
        terms_version: Set(own_terms.version),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    store::set_products(&transaction, row.id, &named).await?;
    let text = format!("The webshop {} was added.", row.name);
    let entry = entry(&row, "webshop_created", text, None, described(&row, &named));
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Saves a changed webshop; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: WebshopId,
    form: &SetWebshop,
) -> AppResult<webshop::Model> {
    check_account(app, form).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let before = find(&transaction, id).await?;
    if before.version != form.version {
        return Err(AppError::stale());
    }
    let named = check(&transaction, Some(id), form).await?;
    let own_terms = terms_of(&transaction, now, Some(&before), form).await?;
    let named_before = store::products(&transaction).await?.remove(&id.0).unwrap_or_default();
    let row = webshop::Model {
        name: form.name.trim().to_owned(),
        currency: form.currency.map(|currency| currency.code().to_owned()),
        account_id: form.account.map(|account| account.0),
        all_products: form.all_products,
        active: form.active,
        terms_url: own_terms.url,
        terms_version: own_terms.version,
        ..before.clone()
    };
    let row = store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    store::set_products(&transaction, row.id, &named).await?;
    let (was, is) = (described(&before, &named_before), described(&row, &named));
    if was != is {
        let text = format!("The webshop {} was changed.", row.name);
        audit::record(&transaction, now, origin, entry(&row, "webshop_edited", text, Some(was), is)).await?;
    }
    transaction.commit().await?;
    Ok(row)
}

/// Binds a customer to a webshop. What they subscribed to in another one goes on there.
pub async fn bind(
    app: &AppState,
    origin: &Origin,
    customer: CustomerId,
    webshop: WebshopId,
) -> AppResult<customer::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = customers::find(&transaction, Access::All, customer).await?;
    let row = bind_on(&transaction, now, origin, row, webshop).await?;
    transaction.commit().await?;
    Ok(row)
}

/// The same on the caller's transaction.
pub async fn bind_on<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    mut row: customer::Model,
    webshop: WebshopId,
) -> AppResult<customer::Model> {
    let before = row.webshop_id;
    if before == webshop.0 {
        return Ok(row);
    }
    let Some(chosen) = store::find(connection, webshop).await? else {
        return Err(AppError::field("webshop", "There is no such webshop."));
    };
    row.webshop_id = chosen.id;
    let row = customer_store::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    let entry = Entry {
        action: "customer_webshop_changed",
        subject_kind: "customer",
        subject_id: row.id,
        customer_id: Some(row.id),
        text: format!("The customer buys in {} now.", chosen.name),
        before: Some(json!({"webshop": before})),
        after: Some(json!({"webshop": chosen.id})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await?;
    Ok(row)
}

/// The webshop, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: WebshopId) -> AppResult<webshop::Model> {
    store::find(connection, id).await?.ok_or_else(|| AppError::not_found("webshop"))
}

/// Only an account that can be paid into may be named.
async fn check_account(app: &AppState, form: &SetWebshop) -> AppResult<()> {
    let Some(id) = form.account else { return Ok(()) };
    let all = accounts::list(app).await?.accounts;
    if all.iter().any(|account| account.number == id && account.connected) {
        return Ok(());
    }
    Err(AppError::field("account", "This Stripe account is not connected. Choose one that is."))
}

/// What the form may say; answers the products that it names.
async fn check<C: ConnectionTrait>(
    connection: &C,
    id: Option<WebshopId>,
    form: &SetWebshop,
) -> AppResult<Vec<i64>> {
    if store::named(connection, id, form.name.trim()).await?.is_some() {
        return Err(AppError::field("name", "Another webshop has this name already."));
    }
    let named: BTreeSet<i64> = form.products.iter().map(|product| product.0).collect();
    let known = products::by_id(connection, named.iter().copied()).await?;
    if named.iter().any(|id| !known.contains_key(id)) {
        return Err(AppError::field("products", "One of these products does not exist any more."));
    }
    if !form.all_products && named.is_empty() {
        return Err(AppError::field("products", "Choose at least one product, or sell all of them."));
    }
    Ok(named.into_iter().collect())
}

/// The terms that the form names, with their label; empty for none.
async fn terms_of<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    before: Option<&webshop::Model>,
    form: &SetWebshop,
) -> AppResult<Terms> {
    let (url, version) = (form.terms_url.trim(), form.terms_version.trim());
    let same = before.filter(|before| before.terms_url == url && version.is_empty());
    let version = match same {
        _ if url.is_empty() => String::new(),
        Some(before) => before.terms_version.clone(),
        None => terms::label(connection, now, version).await?,
    };
    Ok(Terms { url: url.to_owned(), version })
}

fn described(row: &webshop::Model, products: &[i64]) -> Value {
    json!({
        "name": row.name, "currency": row.currency, "account": row.account_id, "active": row.active,
        "all_products": row.all_products, "products": products,
        "terms_url": row.terms_url, "terms_version": row.terms_version,
    })
}

fn entry(
    row: &webshop::Model,
    action: &'static str,
    text: String,
    before: Option<Value>,
    after: Value,
) -> Entry {
    Entry {
        action,
        subject_kind: "webshop",
        subject_id: row.id,
        text,
        before,
        after: Some(after),
        ..Entry::default()
    }
}
