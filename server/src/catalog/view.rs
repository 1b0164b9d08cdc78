//! Products and plans as staff see them; plans also as customers do.

use std::collections::HashMap;

use latchkey_shared::{
    api::{
        catalog::{Interval, IntervalUnit, Plan, Product, ProductRow},
        common::{List, ListQuery},
    },
    ids::{PlanId, ProductId},
    money::{Currency, Money},
    product_kind::ProductKind,
    time::Timestamp,
};
use latchkey_store::{
    entity::{plan, product},
    plans as plan_store, products as store, stripe_accounts,
};

use crate::{
    billing::dashboard_links,
    error::{AppError, AppResult},
    filters,
    licensing::{plan_params::PlanParams, words},
    state::AppState,
};

/// One page of the list.
pub async fn list(app: &AppState, query: &ListQuery) -> AppResult<List<ProductRow>> {
    let predicate = filters::predicate(app, &query.filter, store::FIELDS).await?;
    let page = store::list(app.store.read(), &predicate, query).await?;
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id).collect();
    let counts = store::counts(app.store.read(), &ids, app.clock.now()).await?;
    let described = page.rows.into_iter().map(|row| {
        let counts = counts.get(&row.id).copied().unwrap_or_default();
        ProductRow {
            id: ProductId(row.id),
            kind: kind(&row),
            name: row.name,
            active: row.active,
            plans: counts.plans,
            keys: counts.keys,
            active_keys: counts.active_keys,
            created: Timestamp::from_millis(row.created_at),
        }
    });
    Ok(List { items: described.collect(), meta: page.meta })
}

/// The whole product with its plans.
pub async fn show(app: &AppState, row: product::Model) -> AppResult<Product> {
    let connection = app.store.read();
    let counts = store::counts(connection, &[row.id], app.clock.now()).await?;
    let rows = plan_store::of_products(connection, [row.id]).await?;
    Ok(Product {
        id: ProductId(row.id),
        kind: kind(&row),
        plans: plans(app, rows).await?,
        keys: counts.get(&row.id).map_or(0, |counts| counts.keys),
        feature_names: words::feature_names(&row.feature_names).to_vec(),
        grace_days: row.grace_days,
        active: row.active,
        created: Timestamp::from_millis(row.created_at),
        version: row.version,
        name: row.name,
        description: row.description,
    })
}

fn kind(row: &product::Model) -> ProductKind {
    ProductKind::parse(&row.kind).unwrap_or_default()
}

/// Plans with their products' names, what a key of theirs allows, and their pages at Stripe.
pub async fn plans(app: &AppState, rows: Vec<plan::Model>) -> AppResult<Vec<Plan>> {
    let connection = app.store.read();
    let products = store::by_id(connection, rows.iter().map(|row| row.product_id)).await?;
    let accounts = stripe_accounts::all(connection).await?;
    let live: HashMap<i64, bool> = accounts.into_iter().map(|account| (account.id, account.live)).collect();
    let params = PlanParams::load(connection).await?;
    rows.into_iter()
        .map(|row| {
            let live = row.account_id.and_then(|account| live.get(&account).copied());
            describe(row, &products, live, &params)
        })
        .collect()
}

/// `live`: the mode of the plan's Stripe account, where that is still connected.
fn describe(
    row: plan::Model,
    products: &HashMap<i64, product::Model>,
    live: Option<bool>,
    params: &PlanParams,
) -> AppResult<Plan> {
    let product = products.get(&row.product_id);
    let names = product.map(|product| words::feature_names(&product.feature_names)).unwrap_or_default();
    let stripe_url = match (&row.stripe_price, live) {
        (Some(price), Some(live)) => Some(dashboard_links::price(live, price)),
        _ => None,
    };
    Ok(Plan {
        id: PlanId(row.id),
        product: ProductId(row.product_id),
        product_name: product.map(|product| product.name.clone()).unwrap_or_default(),
        includes: includes(params, &row.key_params, &names),
        price: money(row.amount, &row.currency)?,
        interval: interval(&row.interval_unit, row.interval_count)?,
        trial_days: row.trial_days,
        stripe_price: row.stripe_price,
        stripe_url,
        offered: row.offered,
        name: row.name,
    })
}

/// What a key of a plan allows, in words; nothing where its parameters cannot be read.
fn includes(params: &PlanParams, key_params: &str, names: &[String; 8]) -> Vec<String> {
    params.read(key_params).map_or_else(
        |_| Vec::new(),
        |read| words::allows(read.features.flags(), names, read.max_machines.map_or(0, i64::from)),
    )
}

/// A stored amount.
pub fn money(minor: i64, currency: &str) -> AppResult<Money> {
    let currency = currency
        .parse::<Currency>()
        .map_err(|_| AppError::internal(format!("{currency:?} is stored as a currency")))?;
    Ok(Money { minor, currency })
}

/// A stored interval.
pub fn interval(unit: &str, count: i64) -> AppResult<Interval> {
    let unit = match unit {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "year" => IntervalUnit::Year,
        _ => return Err(AppError::internal(format!("{unit:?} is stored as an interval"))),
    };
    Ok(Interval { unit, count })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_says_what_its_keys_allow() {
        let names = words::feature_names(&serde_json::json!(["", "", "Export"]));
        let said = |text| includes(&PlanParams::default(), text, &names);
        assert_eq!(said(r#"{"F3":true,"MaxNoOfMachines":1}"#), ["Export", "1 machine"]);
        assert_eq!(said("{}"), ["Any number of machines"]);
        assert_eq!(said("not JSON"), Vec::<String>::new());
        assert_eq!(said(r#"{"TemplateId":7}"#), Vec::<String>::new());
    }

    #[test]
    fn what_is_stored_is_read_or_refused() {
        assert_eq!(money(1_200, "EUR").unwrap().minor, 1_200);
        assert!(money(1_200, "coins").is_err());
        assert_eq!(interval("month", 3).unwrap(), Interval { unit: IntervalUnit::Month, count: 3 });
        assert!(interval("fortnight", 1).is_err());
    }
}
