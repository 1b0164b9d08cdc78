//! What staff arrange with a customer about a subscription that is billed offline: whether it renews itself from the
//! balance, and a price of its own.

use latchkey_shared::{
    api::changes::{SetAutoRenew, SetOwnPrice},
    ids::{CustomerId, SubscriptionId},
    money::Money,
};
use latchkey_store::balances;
use sea_orm::DatabaseTransaction;
use serde_json::{Map, Value, json};

use crate::{
    audit::{self, Entry},
    error::{AppError, AppResult},
    state::AppState,
    subscriptions::changes::{self, Caller, Case},
};

/// Switches renewals from the balance on or off.
///
/// # Errors
/// 404 for no such subscription; 409 where Stripe bills it.
pub async fn set_auto_renew(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    form: &SetAutoRenew,
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut case = held(app, &transaction, caller, id).await?;
    let before = case.contract.auto_renew;
    if before == form.on {
        return Ok(());
    }
    case.contract.auto_renew = form.on;
    changes::settle(app, &transaction, (now, caller.origin), &mut case).await?;
    let text = if form.on {
        "The subscription renews itself from the balance."
    } else {
        "The subscription no longer renews itself from the balance."
    };
    let entry = Entry {
        action: "auto_renew_changed",
        before: Some(json!({"auto_renew": before})),
        after: Some(json!({"auto_renew": form.on})),
        ..about(&case, text.to_owned())
    };
    audit::record(&transaction, now, caller.origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// Gives a plan of a subscription another price for this customer, from the next renewal or change on; or takes it
/// back.
///
/// # Errors
/// 404 for no such subscription; 409 where Stripe bills it; 422 for a plan that is not part of it.
pub async fn set_own_price(
    app: &AppState,
    caller: &Caller<'_>,
    id: SubscriptionId,
    form: &SetOwnPrice,
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut case = held(app, &transaction, caller, id).await?;
    let item = case.items.iter().find(|item| item.plan_id == Some(form.plan.0));
    let item = item.ok_or_else(|| AppError::field("plan", "This plan is not part of the subscription."))?;
    let name = changes::name(&item.product_name, &item.plan_name);
    let mut prices = match case.contract.own_prices.take() {
        Some(Value::Object(prices)) => prices,
        _ => Map::new(),
    };
    let before = Value::Object(prices.clone());
    match form.price {
        Some(price) => prices.insert(form.plan.to_string(), json!(price)),
        None => prices.remove(&form.plan.to_string()),
    };
    let after = Value::Object(prices);
    case.contract.own_prices = Some(after.clone());
    changes::settle(app, &transaction, (now, caller.origin), &mut case).await?;
    let text = match form.price {
        Some(price) => {
            format!("{name} costs this customer {} from now on.", Money::new(price, case.facts.currency))
        }
        None => format!("{name} costs this customer what it costs everybody."),
    };
    let entry = Entry {
        action: "own_price_changed",
        before: Some(before),
        after: Some(after),
        reason: form.reason.trim().to_owned(),
        ..about(&case, text)
    };
    audit::record(&transaction, now, caller.origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The subscription as it stands, held until the transaction ends.
async fn held(
    app: &AppState,
    transaction: &DatabaseTransaction,
    caller: &Caller<'_>,
    id: SubscriptionId,
) -> AppResult<Case> {
    let row = changes::find(transaction, caller.access, id).await?;
    balances::hold(transaction, CustomerId(row.customer_id)).await?;
    let row = changes::find(transaction, caller.access, id).await?;
    changes::load(transaction, row, app.clock.now()).await
}

fn about(case: &Case, text: String) -> Entry {
    Entry {
        subject_kind: "subscription",
        subject_id: case.row.id,
        customer_id: Some(case.row.customer_id),
        text,
        ..Entry::default()
    }
}
