//! From what the rules say is held to the rows that say so.

use std::collections::HashMap;

use latchkey_engine::{
    change::{Item, Kept, Term},
    key_params::{self, KeyParams},
};
use latchkey_shared::time::{DurationUnit, Timestamp};
use latchkey_store::{
    entity::{plan, product, subscription_item},
    plans,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Map, Value, json};

use crate::{error::AppResult, licensing::plan_params::PlanParams};

/// What rows are written from: names of plans and products.
pub struct Sold {
    plans: Vec<plan::Model>,
    products: HashMap<i64, product::Model>,
}

impl Sold {
    pub async fn load<C: ConnectionTrait>(connection: &C, items: &[&Item]) -> AppResult<Self> {
        let ids: Vec<i64> = items.iter().map(|item| item.plan).collect();
        let products = plans::all_products(connection).await?;
        Ok(Self {
            plans: plans::by_ids(connection, &ids).await?,
            products: products.into_iter().map(|product| (product.id, product)).collect(),
        })
    }

    pub fn products(&self) -> &HashMap<i64, product::Model> {
        &self.products
    }
}

/// The item rows of a subscription.
pub fn items(
    subscription: i64,
    items: &[&Item],
    term: Option<&Term>,
    sold: &Sold,
) -> Vec<subscription_item::ActiveModel> {
    let row = |item: &&Item| {
        let plan = sold.plans.iter().find(|plan| plan.id == item.plan);
        let unit = match item.every.unit {
            DurationUnit::Days => "day",
            DurationUnit::Months => "month",
            DurationUnit::Years => "year",
        };
        subscription_item::ActiveModel {
            id: NotSet,
            subscription_id: Set(subscription),
            stripe_id: Set(None),
            stripe_price: Set(None),
            plan_id: Set(Some(item.plan).filter(|plan| *plan != 0)),
            product_id: Set(Some(item.product).filter(|product| *product != 0)),
            product_name: Set(sold
                .products
                .get(&item.product)
                .map(|product| product.name.clone())
                .unwrap_or_default()),
            plan_name: Set(plan.map(|plan| plan.name.clone()).unwrap_or_default()),
            quantity: Set(i64::from(item.quantity)),
            currency: Set(item.price.currency.code().to_owned()),
            amount: Set(item.price.minor),
            interval_unit: Set(Some(unit.to_owned())),
            interval_count: Set(i64::from(item.every.count)),
            period_end: Set(term.map(|term| term.end.millis())),
        }
    };
    items.iter().map(row).collect()
}

/// What was paid for each plan, as the contract keeps it.
pub fn paid(items: &[Kept]) -> Value {
    let entry = |kept: &Kept| {
        let from: i64 = Timestamp::millis(kept.paid_from);
        let (tax, inclusive) = (kept.tax.millionths, kept.tax.inclusive);
        let paid = json!({"paid": kept.paid, "from": from, "tax": tax, "inclusive": inclusive});
        (kept.item.plan.to_string(), paid)
    };
    Value::Object(items.iter().map(entry).collect::<Map<_, _>>())
}

/// What keys allow per product that these plans, products and quantities buy: an extra adds to the base.
pub async fn allowed<C: ConnectionTrait>(
    connection: &C,
    wanted: &[(i64, i64, u32)],
    products: &HashMap<i64, product::Model>,
) -> AppResult<HashMap<i64, KeyParams>> {
    let ids: Vec<i64> = wanted.iter().map(|(plan, ..)| *plan).collect();
    let rows = plans::by_ids(connection, &ids).await?;
    let params = PlanParams::load(connection).await?;
    let is_extra = |id: i64| products.get(&id).is_some_and(product::Model::is_extra);
    let read = |plan: i64| {
        let row = rows.iter().find(|row| row.id == plan)?;
        params.read(&row.key_params).ok()
    };
    let base = wanted.iter().find(|(_, product, _)| !is_extra(*product));
    let mut allowed = HashMap::new();
    if let Some((plan, product, quantity)) = base
        && let Some(params) = read(*plan)
    {
        let extras: Vec<_> = wanted
            .iter()
            .filter(|(_, product, _)| is_extra(*product))
            .filter_map(|(plan, _, quantity)| Some((read(*plan)?, *quantity)))
            .collect();
        allowed.insert(*product, key_params::merge(&params, *quantity, &extras, None));
    }
    Ok(allowed)
}
