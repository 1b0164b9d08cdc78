//! What was asked for, as the rules know it.

use latchkey_engine::{
    change::{Item, When, Wish},
    period::{self, Tz},
};
use latchkey_shared::{
    api::changes::{AskChange, ChangeAction, ChangeWhen, WantedItem},
    money::{Currency, Money},
    time::Timestamp,
};
use latchkey_store::{entity::plan, offline, plans, products};
use sea_orm::ConnectionTrait;

use super::facts::{self, Case};
use crate::error::{AppError, AppResult};

/// The wish that is computed; none for what costs nothing and is not computed: time, breaks.
pub async fn of<C: ConnectionTrait>(connection: &C, case: &Case, ask: &AskChange) -> AppResult<Option<Wish>> {
    Ok(match ask.action {
        ChangeAction::Change => Some(Wish::Change {
            target: target(connection, case, &ask.items).await?,
            when: when(ask, case.facts.zone)?,
            waive: ask.waive,
        }),
        ChangeAction::Renew => Some(Wish::Renew {
            target: if ask.items.is_empty() {
                renewed(connection, case).await?
            } else {
                target(connection, case, &ask.items).await?
            },
            from: ask.from,
            waive: ask.waive,
        }),
        ChangeAction::Cancel => Some(Wish::Cancel { when: when(ask, case.facts.zone)?, refund: ask.refund }),
        ChangeAction::Extend | ChangeAction::Pause | ChangeAction::Resume => None,
    })
}

/// When it is to take effect: on a day means with its beginning.
pub fn when(ask: &AskChange, zone: Tz) -> AppResult<When> {
    match (ask.when, ask.on) {
        (ChangeWhen::Now, _) => Ok(When::Now),
        (ChangeWhen::PeriodEnd, _) => Ok(When::PeriodEnd),
        (ChangeWhen::On, Some(day)) => Ok(When::On(period::start_of_day(day, zone))),
        (ChangeWhen::On, None) => Err(AppError::field("on", "Choose a day.")),
    }
}

/// Until when time is given: whole days, or to the end of a day.
pub fn extended_until(ask: &AskChange, ends: Option<i64>, now: i64, zone: Tz) -> AppResult<i64> {
    let (ends, now) = (ends.map(Timestamp::from_millis), Timestamp::from_millis(now));
    let until = match (ask.days, ask.until) {
        (Some(days), None) => latchkey_engine::change::extended(ends, now, days, zone).map_err(refused)?,
        (None, Some(day)) => period::end_of_day(day, zone),
        _ => return Err(AppError::field("days", "Say how many days, or until which day.")),
    };
    if until <= now || ends.is_some_and(|ends| until <= ends) {
        let field = if ask.until.is_some() { "until" } else { "days" };
        return Err(AppError::field(field, "It works that long already. Choose a later day."));
    }
    Ok(until.millis())
}

/// A refusal of the rules as an answer.
pub fn refused(refusal: latchkey_engine::change::Refusal) -> AppError {
    AppError::conflict(refusal.code(), refusal.to_string())
}

/// The plans that are wanted, the base first. A plan that was withdrawn can be kept, but not chosen.
async fn target<C: ConnectionTrait>(
    connection: &C,
    case: &Case,
    wanted: &[WantedItem],
) -> AppResult<Vec<Item>> {
    let kept: Vec<i64> = case.items.iter().filter_map(|item| item.plan_id).collect();
    agreed(connection, case, wanted, &kept).await
}

/// Items at the prices that were agreed upon with this customer.
pub async fn agreed<C: ConnectionTrait>(
    connection: &C,
    case: &Case,
    wanted: &[WantedItem],
    kept: &[i64],
) -> AppResult<Vec<Item>> {
    let mut items = items(connection, case.facts.currency, wanted, kept).await?;
    for item in &mut items {
        if let Some(price) = facts::own_price(&case.contract, item.plan) {
            item.price = Money::new(price, case.facts.currency);
        }
    }
    Ok(items)
}

/// What is held, at today's prices.
async fn renewed<C: ConnectionTrait>(connection: &C, case: &Case) -> AppResult<Vec<Item>> {
    let wanted: Option<Vec<WantedItem>> = case
        .items
        .iter()
        .map(|item| {
            let quantity = u32::try_from(item.quantity).unwrap_or(1);
            item.plan_id.map(|plan| WantedItem { plan: plan.into(), quantity })
        })
        .collect();
    match wanted {
        Some(wanted) => target(connection, case, &wanted).await,
        None => Ok(case.facts.held.iter().map(|held| held.item.clone()).collect()),
    }
}

/// Items of offline plans in a currency, the base first.
pub async fn items<C: ConnectionTrait>(
    connection: &C,
    currency: Currency,
    wanted: &[WantedItem],
    kept: &[i64],
) -> AppResult<Vec<Item>> {
    let ids: Vec<i64> = wanted.iter().map(|item| item.plan.0).collect();
    let found = plans::by_ids(connection, &ids).await?;
    let prices = offline::prices(connection, &ids).await?;
    let products = products::by_id(connection, found.iter().map(|plan| plan.product_id)).await?;
    let mut items = Vec::new();
    for item in wanted {
        let plan = found
            .iter()
            .find(|plan| plan.id == item.plan.0)
            .ok_or_else(|| AppError::field("items", format!("There is no plan {}.", item.plan)))?;
        let product = products.get(&plan.product_id).ok_or_else(|| AppError::not_found("product"))?;
        if plan.stripe_price.is_some() {
            return Err(AppError::field("items", format!("{} is billed by Stripe.", plan.name)));
        }
        let on_sale = plan.offered && product.active;
        if !on_sale && !kept.contains(&plan.id) {
            return Err(withdrawn(plan));
        }
        // Without a price in the currency its own one goes in, and the rules refuse it.
        let price = prices.iter().find(|price| price.plan_id == plan.id && price.currency == currency.code());
        let price = match price {
            Some(price) => Money::new(price.amount, currency),
            None => Money::new(plan.amount, facts::currency(&plan.currency)?),
        };
        items.push(Item {
            product: product.id,
            plan: plan.id,
            name: facts::name(&product.name, &plan.name),
            is_base: !product.is_extra(),
            quantity: item.quantity,
            price,
            every: facts::duration(&plan.interval_unit, plan.interval_count)?,
        });
    }
    items.sort_by_key(|item| !item.is_base);
    Ok(items)
}

/// 409: the plan cannot be chosen any more.
pub fn withdrawn(plan: &plan::Model) -> AppError {
    AppError::conflict(
        "plan_withdrawn",
        format!("The plan {} is not offered any more. Choose another one.", plan.name),
    )
}
