//! What can be done with a subscription, and what it can be changed to.

use latchkey_shared::{
    api::changes::{ChangeOptions, HeldItem, OptionPlan, PendingChange},
    ids::{CustomerId, PlanId, ProductId, SubscriptionId},
    money::Money,
    time::Timestamp,
};
use latchkey_store::{
    balances, changes as store,
    entity::{offline_contract, plan, subscription},
    offline, plans, subscription_keys, subscriptions,
};

use super::{Caller, May, facts, find, sold_here};
use crate::{
    billing::view::{self as billing, awaits_sign_in, is_running},
    catalog::view,
    error::AppResult,
    state::AppState,
    vendor,
};

/// Everything that the pages need to offer a change.
pub async fn options(app: &AppState, caller: &Caller<'_>, id: SubscriptionId) -> AppResult<ChangeOptions> {
    let connection = app.store.read();
    let row = find(connection, caller.access, id).await?;
    let contract = offline::contract(connection, row.id).await?;
    let items = subscriptions::items(connection, &[row.id]).await?;
    let products: std::collections::HashMap<i64, _> =
        plans::all_products(connection).await?.into_iter().map(|product| (product.id, product)).collect();
    let is_base = |product: Option<i64>| {
        product.and_then(|id| products.get(&id)).is_none_or(|product| !product.is_extra())
    };
    let held: Vec<HeldItem> = items
        .iter()
        .map(|item| HeldItem {
            plan: item.plan_id.map(PlanId),
            product: item.product_id.map(ProductId),
            product_name: item.product_name.clone(),
            plan_name: item.plan_name.clone(),
            quantity: u32::try_from(item.quantity).unwrap_or_default(),
            is_base: is_base(item.product_id),
            price: billing::money(item.amount, &item.currency),
            own_price: contract
                .as_ref()
                .zip(item.plan_id)
                .and_then(|(contract, plan)| facts::own_price(contract, plan))
                .and_then(|price| billing::money(price, &item.currency)),
        })
        .collect();
    let currency = items.first().map(|item| item.currency.clone()).unwrap_or_default();
    let rows = choices(app, &row, contract.as_ref(), &currency).await?;
    let rows = sold_here::only(app, caller, &row, rows).await?;
    let kinds: Vec<bool> = rows.iter().map(|plan| is_base(Some(plan.product_id))).collect();
    let described = view::plans(app, rows).await?;
    let plans =
        described.into_iter().zip(kinds).map(|(plan, is_base)| OptionPlan { plan, is_base }).collect();
    let pending = store::pending(connection, row.id).await?;
    let balance = match contract.as_ref().and_then(|contract| facts::currency(&contract.currency).ok()) {
        Some(currency) => {
            let left = balances::of(connection, CustomerId(row.customer_id), currency.code()).await?;
            Some(Money::new(left, currency))
        }
        None => None,
    };
    let keys = subscription_keys::of_subscription(connection, row.id).await?;
    let of_keys = keys.iter().filter_map(|(_, key)| key.extended_until).max();
    let extended = contract.as_ref().and_then(|contract| contract.extended_until).max(of_keys);
    let can = Can::of(app, caller, &row, contract.as_ref()).await?;
    let planned = pending.is_some() || row.ended_at.is_none() && row.cancels_at.is_some();
    Ok(ChangeOptions {
        subscription: id,
        is_offline: contract.is_some(),
        items: held,
        plans,
        paid_through: row.paid_through.map(Timestamp::from_millis),
        extended_until: extended.map(Timestamp::from_millis),
        balance,
        auto_renew: contract.as_ref().is_some_and(|contract| contract.auto_renew),
        can_change: can.change,
        can_renew: can.renew,
        can_extend: can.extend,
        can_pause: can.pause,
        can_resume: can.resume,
        can_cancel: can.cancel && row.cancels_at.is_none(),
        can_undo: planned && can.undo,
        pending: pending.map(|pending| PendingChange {
            text: pending.text,
            due: Timestamp::from_millis(pending.due_at),
            error: pending.last_error,
        }),
    })
}

/// Plans that are billed the same way, in the same currency; those that are held stay in the list.
async fn choices(
    app: &AppState,
    row: &subscription::Model,
    contract: Option<&offline_contract::Model>,
    currency: &str,
) -> AppResult<Vec<plan::Model>> {
    let connection = app.store.read();
    let Some(contract) = contract else {
        let of_account = match row.account_id {
            Some(account) => plans::of_account(connection, account).await?,
            None => Vec::new(),
        };
        return Ok(of_account.into_iter().filter(|plan| plan.offered && plan.currency == currency).collect());
    };
    let rows = offline::plans(connection).await?;
    let ids: Vec<i64> = rows.iter().map(|plan| plan.id).collect();
    let prices = offline::prices(connection, &ids).await?;
    let offered = rows.into_iter().filter(|plan| plan.offered);
    let priced = offered.filter_map(|plan| {
        let price =
            prices.iter().find(|price| price.plan_id == plan.id && price.currency == contract.currency)?;
        let amount = facts::own_price(contract, plan.id).unwrap_or(price.amount);
        Some(plan::Model { amount, currency: price.currency.clone(), ..plan })
    });
    Ok(priced.collect())
}

/// What is possible now, for this caller.
struct Can {
    change: bool,
    renew: bool,
    extend: bool,
    pause: bool,
    resume: bool,
    cancel: bool,
    undo: bool,
}

impl Can {
    async fn of(
        app: &AppState,
        caller: &Caller<'_>,
        row: &subscription::Model,
        contract: Option<&offline_contract::Model>,
    ) -> AppResult<Self> {
        let over = row.ended_at.is_some();
        let at_stripe_paused = contract.is_none() && row.stripe_status.as_deref() == Some("paused");
        let paused = at_stripe_paused || contract.is_some_and(|contract| contract.paused_at.is_some());
        let awaits = awaits_sign_in(row);
        let runs = contract.map_or_else(|| is_running(row), |_| !over);
        if caller.may == May::Customer {
            let rules = vendor::load(app.store.read()).await?;
            let changes = rules.customers_upgrade || rules.customers_downgrade;
            return Ok(Self {
                change: runs && !paused && changes,
                renew: false,
                extend: false,
                pause: false,
                resume: false,
                cancel: runs && !awaits && rules.customers_cancel,
                undo: runs,
            });
        }
        Ok(Self {
            change: runs && !paused,
            renew: contract.is_some() && !paused && !awaits,
            extend: !over && !awaits && !paused,
            pause: runs && !paused && !awaits,
            resume: paused && !over,
            cancel: runs,
            undo: runs,
        })
    }
}
