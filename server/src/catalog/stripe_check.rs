//! The Stripe check page: what is offered and why not, how the webhook stands, what the key may not do.

use std::collections::HashMap;

use latchkey_engine::offer;
use latchkey_shared::{
    api::stripe::{CheckedPrice, CheckedProduct, StripeAccount, StripeCheck, WebhookHealth},
    ids::{ProductId, StripeAccountId},
    time::Timestamp,
};
use latchkey_store::{
    entity::{stripe_account, stripe_price, stripe_product},
    plans, stripe_catalog as store,
};

use crate::{
    billing::{accounts, dashboard_links, health, view},
    catalog::{plan_names, stripe_sync},
    error::AppResult,
    state::AppState,
    stripe_client,
};

/// Everything the page shows of an account.
pub async fn check(app: &AppState, which: Option<StripeAccountId>) -> AppResult<StripeCheck> {
    let Some(account) = accounts::named(app, which).await? else {
        return Ok(StripeCheck {
            account: None,
            synced: None,
            products: Vec::new(),
            webhook: WebhookHealth {
                endpoint: None,
                last_event: None,
                pending: 0,
                failed: 0,
                problems: Vec::new(),
            },
            missing_permissions: Vec::new(),
        });
    };
    // Ten questions at a time are a large future.
    let asked = Box::pin(health::ask(app, &account)).await?;
    Ok(StripeCheck {
        synced: account.catalog_synced_at.map(Timestamp::from_millis),
        products: products(app, &account).await?,
        webhook: health::webhook(app, &account, &asked).await?,
        missing_permissions: asked.missing_permissions,
        account: Some(StripeAccount {
            number: account.id.into(),
            first: stripe_client::is_first(app, account.id.into()).await?,
            id: account.stripe_id,
            name: account.name,
            live: account.live,
            key_hint: account.key_hint,
            restricted: account.restricted,
            fixed: stripe_client::is_fixed(app, account.id.into()).await?,
            dashboard_url: dashboard_links::home(account.live),
        }),
    })
}

async fn products(app: &AppState, account: &stripe_account::Model) -> AppResult<Vec<CheckedProduct>> {
    let connection = app.store.read();
    let names: HashMap<i64, String> = plans::all_products(connection)
        .await?
        .into_iter()
        .map(|product| (product.id, product.name))
        .collect();
    let known = stripe_sync::Known::load(connection).await?;
    let catalogue = known.catalogue();
    let mut prices: HashMap<String, Vec<stripe_price::Model>> = HashMap::new();
    for price in store::prices(connection, account.id).await? {
        prices.entry(price.stripe_product.clone()).or_default().push(price);
    }
    let mut checked = Vec::new();
    for product in store::products(connection, account.id).await? {
        let of_product = prices.remove(&product.stripe_id).unwrap_or_default();
        let prices: Vec<CheckedPrice> = of_product
            .into_iter()
            .map(|price| check_price(account.live, &product, price, &catalogue))
            .collect();
        let any_offered = prices.iter().any(|price| price.offered);
        let mapped = product.skm_product_id.as_deref().and_then(|text| text.trim().parse::<i64>().ok());
        let mapped = mapped.filter(|id| names.contains_key(id));
        checked.push(CheckedProduct {
            url: dashboard_links::product(account.live, &product.stripe_id),
            product: mapped.map(ProductId),
            product_name: mapped.and_then(|id| names.get(&id).cloned()),
            problems: stripe_sync::problems_of_product(&product, any_offered, &catalogue),
            stripe_id: product.stripe_id,
            name: product.name,
            prices,
        });
    }
    Ok(checked)
}

fn check_price(
    live: bool,
    product: &stripe_product::Model,
    price: stripe_price::Model,
    catalogue: &offer::Catalogue<'_>,
) -> CheckedPrice {
    let decided =
        offer::price(&stripe_sync::seen_product(product), &stripe_sync::seen_price(&price), catalogue);
    CheckedPrice {
        name: plan_names::of_price(&price.nickname, price.interval_unit.as_deref(), price.interval_count),
        url: dashboard_links::price(live, &price.stripe_id),
        amount: price.unit_amount.and_then(|amount| view::money(amount, &price.currency)),
        interval: price.interval_unit.as_deref().map(|unit| plan_names::interval(unit, price.interval_count)),
        offered: decided.is_ok(),
        problems: decided.err().unwrap_or_default(),
        stripe_id: price.stripe_id,
    }
}
