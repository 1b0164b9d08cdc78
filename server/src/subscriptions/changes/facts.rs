//! How a subscription that is billed offline stands, as the rules see it.

use std::collections::HashMap;

use latchkey_engine::{
    change::{Facts, Held, Item, Phase, Tax, Term},
    period::Tz,
};
use latchkey_shared::{
    ids::CustomerId,
    money::{Currency, Money},
    time::{DurationUnit, PlanDuration, Timestamp},
};
use latchkey_store::{
    balances,
    entity::{offline_contract, product, subscription, subscription_item},
    offline, plans, subscriptions,
};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use crate::{
    billing::view::awaits_sign_in,
    error::{AppError, AppResult},
    subscriptions::tax,
    vendor,
};

/// A subscription with everything that a change needs to know.
pub struct Case {
    pub row: subscription::Model,
    pub contract: offline_contract::Model,
    pub items: Vec<subscription_item::Model>,
    pub products: HashMap<i64, product::Model>,
    pub facts: Facts,
    /// Which tax is charged now, in words.
    pub tax_name: String,
}

/// Reads a subscription as it stands at `now`; 409 where Stripe bills it.
pub async fn load<C: ConnectionTrait>(connection: &C, row: subscription::Model, now: i64) -> AppResult<Case> {
    let contract = offline::contract(connection, row.id).await?.ok_or_else(|| {
        AppError::conflict("not_billed_offline", "This subscription is not billed offline.")
    })?;
    let items = subscriptions::items(connection, &[row.id]).await?;
    let products: HashMap<i64, product::Model> =
        plans::all_products(connection).await?.into_iter().map(|product| (product.id, product)).collect();
    let currency = currency(&contract.currency)?;
    let held: AppResult<Vec<Held>> =
        items.iter().map(|item| held(item, &products, &contract, currency)).collect();
    let charged = tax::of_customer(connection, CustomerId(row.customer_id)).await?;
    let facts = Facts {
        now: Timestamp::from_millis(now),
        zone: zone(connection).await?,
        currency,
        phase: phase(&row, &contract, now),
        held: held?,
        term: (!awaits_sign_in(&row)).then(|| term(&contract)),
        balance: balances::of(connection, CustomerId(row.customer_id), &contract.currency).await?,
        tax: charged.tax,
    };
    Ok(Case { row, contract, items, products, facts, tax_name: charged.name })
}

/// The vendor's time zone.
pub async fn zone<C: ConnectionTrait>(connection: &C) -> AppResult<Tz> {
    Ok(vendor::load(connection).await?.time_zone.parse().unwrap_or(Tz::UTC))
}

pub fn term(contract: &offline_contract::Model) -> Term {
    Term {
        start: Timestamp::from_millis(contract.term_start),
        end: Timestamp::from_millis(contract.term_end),
        lengths: u32::try_from(contract.lengths).unwrap_or(1),
        anchor: Timestamp::from_millis(contract.anchor_at),
    }
}

/// Until when what staff gave lasts after a break that ends now.
pub fn given_after_break(
    contract: &offline_contract::Model,
    paused: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    let given = contract.extended_until.map(Timestamp::from_millis)?;
    Some(latchkey_engine::change::given_after_break(given, paused, now))
}

/// Whether nothing was paid for yet but the trial that it began with.
pub fn on_trial(row: &subscription::Model, contract: &offline_contract::Model) -> bool {
    row.trial_ends_at.is_some_and(|ends| ends >= contract.term_end)
}

fn phase(row: &subscription::Model, contract: &offline_contract::Model, now: i64) -> Phase {
    if row.ended_at.is_some() {
        Phase::Ended
    } else if awaits_sign_in(row) {
        Phase::NotBegun
    } else if contract.paused_at.is_some() {
        Phase::Paused
    } else if on_trial(row, contract) && now < contract.term_end {
        Phase::Trial
    } else if now < contract.term_end {
        Phase::Running
    } else {
        Phase::Lapsed
    }
}

fn held(
    item: &subscription_item::Model,
    products: &HashMap<i64, product::Model>,
    contract: &offline_contract::Model,
    currency: Currency,
) -> AppResult<Held> {
    let plan = item.plan_id.unwrap_or_default();
    let (paid, tax, from) = paid_for(&contract.paid, plan);
    let is_extra = |id: i64| products.get(&id).is_some_and(product::Model::is_extra);
    Ok(Held {
        item: Item {
            product: item.product_id.unwrap_or_default(),
            plan,
            name: name(&item.product_name, &item.plan_name),
            is_base: !item.product_id.is_some_and(is_extra),
            quantity: u32::try_from(item.quantity).unwrap_or_default(),
            price: Money::new(item.amount, currency),
            every: duration(item.interval_unit.as_deref().unwrap_or_default(), item.interval_count)?,
        },
        paid,
        tax,
        paid_from: Timestamp::from_millis(from.unwrap_or(contract.term_start)),
    })
}

/// What was paid for a plan, with which tax, and from when on.
fn paid_for(paid: &Value, plan: i64) -> (i64, Tax, Option<i64>) {
    let entry = &paid[plan.to_string()];
    let tax = Tax {
        millionths: entry["tax"].as_i64().unwrap_or_default(),
        inclusive: entry["inclusive"].as_bool().unwrap_or_default(),
    };
    (entry["paid"].as_i64().unwrap_or_default(), tax, entry["from"].as_i64())
}

/// What a customer pays for a plan in the place of its price, minor units.
pub fn own_price(contract: &offline_contract::Model, plan: i64) -> Option<i64> {
    contract.own_prices.as_ref()?[plan.to_string()].as_i64()
}

/// What lines call an item.
pub fn name(product: &str, plan: &str) -> String {
    format!("{product} · {plan}")
}

pub fn currency(stored: &str) -> AppResult<Currency> {
    Currency::parse(stored).map_err(|_| AppError::internal(format!("{stored:?} is stored as a currency")))
}

/// A stored interval as a plan's length.
pub fn duration(unit: &str, count: i64) -> AppResult<PlanDuration> {
    let (unit, times) = match unit {
        "day" => (DurationUnit::Days, 1),
        "week" => (DurationUnit::Days, 7),
        "month" => (DurationUnit::Months, 1),
        "year" => (DurationUnit::Years, 1),
        _ => return Err(AppError::internal(format!("{unit:?} is stored as an interval"))),
    };
    let count = u32::try_from(count.saturating_mul(times)).unwrap_or(u32::MAX);
    PlanDuration::new(count, unit).map_err(AppError::internal)
}
