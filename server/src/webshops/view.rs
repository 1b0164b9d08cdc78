//! Webshops as staff see them.

use latchkey_shared::{
    api::{customers::CustomerWebshop, webshops::Webshop, webshops::Webshops},
    ids::{ProductId, StripeAccountId, WebshopId},
    money::Currency,
};
use latchkey_store::{
    entity::{plan, webshop},
    plans, webshops as store,
};

use super::shop::Shop;
use crate::{
    error::{AppError, AppResult},
    state::AppState,
    terms,
};

/// All of them.
pub async fn list(app: &AppState) -> AppResult<Webshops> {
    let offered = plans::offered(app.store.read()).await?;
    let mut webshops = Vec::new();
    for row in store::all(app.store.read()).await? {
        webshops.push(described(app, row, &offered).await?);
    }
    Ok(Webshops { webshops })
}

/// One of them.
pub async fn show(app: &AppState, row: webshop::Model) -> AppResult<Webshop> {
    let offered = plans::offered(app.store.read()).await?;
    described(app, row, &offered).await
}

/// The webshop of a customer, where there is more than one to be bound to.
pub async fn of_customer(app: &AppState, webshop: i64) -> AppResult<Option<CustomerWebshop>> {
    if store::count(app.store.read()).await? < 2 {
        return Ok(None);
    }
    let row = store::find(app.store.read(), WebshopId(webshop)).await?;
    Ok(row.map(|row| CustomerWebshop { id: WebshopId(row.id), name: row.name }))
}

async fn described(app: &AppState, row: webshop::Model, offered: &[plan::Model]) -> AppResult<Webshop> {
    let connection = app.store.read();
    let shop = Shop::open(app, row).await?;
    let products = store::products(connection).await?.remove(&shop.row.id).unwrap_or_default();
    let plans = offered.iter().filter(|plan| shop.offers(plan)).count();
    let customers = store::customers(connection, shop.row.id).await?;
    let row = shop.row;
    let currency = row.currency.as_deref().map(str::parse::<Currency>).transpose();
    Ok(Webshop {
        id: WebshopId(row.id),
        currency: currency.map_err(|_| AppError::internal("a webshop's currency cannot be read"))?,
        account: row.account_id.map(StripeAccountId),
        account_name: shop.account.map(|account| account.name),
        all_products: row.all_products,
        products: products.into_iter().map(ProductId).collect(),
        active: row.active,
        terms: terms::own(&row),
        default: row.id == store::DEFAULT.0,
        customers,
        plans: i64::try_from(plans).unwrap_or(i64::MAX),
        version: row.version,
        name: row.name,
    })
}
