//! How a subscription that Stripe bills stands, from its mirror.

use std::collections::HashMap;

use latchkey_engine::change::{Facts, Held, Item, Phase, Tax, Term};
use latchkey_shared::{api::changes::WantedItem, money::Money, time::Timestamp};
use latchkey_store::{
    entity::{plan, product, subscription, subscription_item},
    plans as plan_store, subscriptions,
};
use latchkey_stripe::params::ItemParams;

use super::super::{
    facts::{currency, duration, name, zone},
    wish::withdrawn,
};
use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

/// The facts, and the items that are ours.
pub async fn load(
    app: &AppState,
    row: &subscription::Model,
    as_of: i64,
) -> AppResult<(Facts, Vec<subscription_item::Model>)> {
    let connection = app.store.read();
    // Items that are none of ours stay as they are.
    let items: Vec<_> = subscriptions::items(connection, &[row.id])
        .await?
        .into_iter()
        .filter(|item| item.product_id.is_some() && item.stripe_id.is_some())
        .collect();
    let first = items.first().ok_or_else(|| {
        AppError::conflict(
            "nothing_of_ours",
            "Nothing in this subscription is connected with a product here.",
        )
    })?;
    let currency = currency(&first.currency)?;
    let products = products(app).await?;
    let now = Timestamp::from_millis(as_of);
    let end = items.iter().filter_map(|item| item.period_end).min().or(row.paid_through);
    let start = Timestamp::from_millis(row.created_at).min(now);
    let held: AppResult<Vec<Held>> = items
        .iter()
        .map(|item| {
            let item = Item {
                product: item.product_id.unwrap_or_default(),
                plan: item.plan_id.unwrap_or_default(),
                name: name(&item.product_name, &item.plan_name),
                is_base: !is_extra(&products, item.product_id.unwrap_or_default()),
                quantity: u32::try_from(item.quantity).unwrap_or(1),
                price: Money::new(item.amount, currency),
                every: duration(item.interval_unit.as_deref().unwrap_or_default(), item.interval_count)?,
            };
            Ok(Held { item, paid: 0, tax: Tax::default(), paid_from: start })
        })
        .collect();
    let facts = Facts {
        now,
        zone: zone(connection).await?,
        currency,
        phase: phase(row),
        held: held?,
        term: end.map(|end| Term { start, end: Timestamp::from_millis(end), lengths: 1, anchor: start }),
        balance: 0,
        tax: Tax::default(),
    };
    Ok((facts, items))
}

pub async fn products(app: &AppState) -> AppResult<HashMap<i64, product::Model>> {
    let rows = plan_store::all_products(app.store.read()).await?;
    Ok(rows.into_iter().map(|product| (product.id, product)).collect())
}

fn is_extra(products: &HashMap<i64, product::Model>, id: i64) -> bool {
    products.get(&id).is_some_and(product::Model::is_extra)
}

fn phase(row: &subscription::Model) -> Phase {
    match row.stripe_status.as_deref().unwrap_or_default() {
        _ if row.ended_at.is_some() => Phase::Ended,
        "canceled" | "incomplete_expired" => Phase::Ended,
        "trialing" => Phase::Trial,
        "paused" => Phase::Paused,
        _ => Phase::Running,
    }
}

/// The plans that are wanted, the base first. One that was withdrawn can be kept, but not chosen; one of another Stripe
/// account is no plan of this subscription, whatever its price is called there.
pub async fn target(
    app: &AppState,
    facts: &Facts,
    account: i64,
    items: &[subscription_item::Model],
    wanted: &[WantedItem],
) -> AppResult<(Vec<Item>, Vec<plan::Model>)> {
    let ids: Vec<i64> = wanted.iter().map(|item| item.plan.0).collect();
    let plans = plan_store::by_ids(app.store.read(), &ids).await?;
    let products = products(app).await?;
    let kept = |plan: i64| items.iter().any(|item| item.plan_id == Some(plan));
    let mut target = Vec::new();
    for item in wanted {
        let plan = plans.iter().find(|plan| plan.id == item.plan.0);
        let plan =
            plan.ok_or_else(|| AppError::field("items", format!("There is no plan {}.", item.plan)))?;
        if plan.stripe_price.is_none() {
            return Err(AppError::field("items", format!("{} is not billed by Stripe.", plan.name)));
        }
        if plan.account_id != Some(account) {
            let words = format!("{} is paid into another Stripe account.", plan.name);
            return Err(AppError::field("items", words));
        }
        if !plan.offered && !kept(plan.id) {
            return Err(withdrawn(plan));
        }
        let product_name = products.get(&plan.product_id).map_or("", |product| product.name.as_str());
        target.push(Item {
            product: plan.product_id,
            plan: plan.id,
            name: name(product_name, &plan.name),
            is_base: !is_extra(&products, plan.product_id),
            quantity: item.quantity,
            price: Money::new(plan.amount, currency(&plan.currency)?),
            every: duration(&plan.interval_unit, plan.interval_count)?,
        });
    }
    target.sort_by_key(|item| !item.is_base);
    if target.iter().any(|item| item.price.currency != facts.currency) {
        // The rules refuse it with the right words.
        return Ok((target, plans));
    }
    Ok((target, plans))
}

/// What Stripe is told: items that go on name theirs, or Stripe would add another.
pub fn item_params(
    items: &[subscription_item::Model],
    plans: &[plan::Model],
    wanted: &[WantedItem],
) -> Vec<ItemParams> {
    let mut left: Vec<&subscription_item::Model> = items.iter().collect();
    let mut params = Vec::new();
    let mut take = |fits: &dyn Fn(&subscription_item::Model) -> bool| {
        left.iter().position(|item| fits(item)).map(|at| left.remove(at))
    };
    // Those that stay are taken first, so that nothing else takes their place.
    let mut moved = Vec::new();
    for wish in wanted {
        let Some(plan) = plans.iter().find(|plan| plan.id == wish.plan.0) else { continue };
        match take(&|item| item.plan_id == Some(plan.id)) {
            Some(item) if item.quantity == i64::from(wish.quantity) => {}
            Some(item) => params.push(ItemParams {
                id: item.stripe_id.clone(),
                quantity: Some(u64::from(wish.quantity)),
                ..ItemParams::default()
            }),
            None => moved.push((plan, wish.quantity)),
        }
    }
    for (plan, quantity) in moved {
        let same_product = take(&|item| item.product_id == Some(plan.product_id));
        params.push(ItemParams {
            id: same_product.and_then(|item| item.stripe_id.clone()),
            price: plan.stripe_price.clone(),
            quantity: Some(u64::from(quantity)),
            ..ItemParams::default()
        });
    }
    params.extend(left.into_iter().map(|item| ItemParams {
        id: item.stripe_id.clone(),
        deleted: Some(true),
        ..ItemParams::default()
    }));
    params
}
