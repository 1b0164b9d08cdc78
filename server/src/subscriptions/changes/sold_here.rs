//! What a customer may choose: what their webshop sells, and what they have already.

use latchkey_shared::{api::changes::WantedItem, ids::CustomerId};
use latchkey_store::{
    entity::{plan, subscription},
    plans, subscriptions,
};

use super::{Caller, May, wish::withdrawn};
use crate::{error::AppResult, state::AppState, webshops::shop::Shop};

/// Leaves out what this caller may not choose.
pub async fn only(
    app: &AppState,
    caller: &Caller<'_>,
    row: &subscription::Model,
    plans: Vec<plan::Model>,
) -> AppResult<Vec<plan::Model>> {
    if caller.may != May::Customer {
        return Ok(plans);
    }
    let shop = Shop::of_customer(app, CustomerId(row.customer_id)).await?;
    let held: Vec<i64> = subscriptions::items(app.store.read(), &[row.id])
        .await?
        .into_iter()
        .filter_map(|item| item.product_id)
        .collect();
    let may_choose = |plan: &plan::Model| shop.sells(plan.product_id) || held.contains(&plan.product_id);
    Ok(plans.into_iter().filter(may_choose).collect())
}

/// 409 where this caller asks for what they may not choose.
pub async fn check(
    app: &AppState,
    caller: &Caller<'_>,
    row: &subscription::Model,
    wanted: &[WantedItem],
) -> AppResult<()> {
    if caller.may != May::Customer || wanted.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = wanted.iter().map(|item| item.plan.0).collect();
    let asked = plans::by_ids(app.store.read(), &ids).await?;
    let allowed = only(app, caller, row, asked.clone()).await?;
    match asked.iter().find(|plan| !allowed.contains(plan)) {
        Some(plan) => Err(withdrawn(plan)),
        None => Ok(()),
    }
}
