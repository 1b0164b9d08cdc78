//! The licence keys of a subscription that is billed offline: made, kept in step with what is paid for, ended.

use std::collections::HashMap;

use latchkey_engine::{
    entitlement::{Contract, Entitlement, PausedCollectionPolicy, Rules, entitlement},
    stripe_status::StripeStatus,
};
use latchkey_shared::{
    ids::{CustomerId, ProductId},
    time::Timestamp,
};
use latchkey_store::{
    entity::{licence_key, offline_contract, product, subscription, subscription_item},
    keys as key_store, plans, subscription_keys,
};
use sea_orm::DatabaseTransaction;

use crate::{
    audit::Origin,
    billing::sync::{
        self,
        items::{self, Buys, Item},
        keys,
    },
    error::{AppError, AppResult},
    licensing::{
        issue::{self, NewKey},
        plan_params::PlanParams,
    },
    state::AppState,
};

/// What happened, with what it happened to.
pub struct Holding<'a> {
    pub row: &'a subscription::Model,
    pub contract: &'a offline_contract::Model,
    pub items: &'a [subscription_item::Model],
    pub products: &'a HashMap<i64, product::Model>,
}

/// Makes the keys that are owed and brings all in step; answers the first, which leads the status.
pub async fn keep_in_step(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    holding: &Holding<'_>,
) -> AppResult<Option<licence_key::Model>> {
    let bought = bought(transaction, holding.items).await?;
    let groups = items::groups(&bought, holding.products);
    let contract = contract(holding.row, holding.contract);
    let ties = subscription_keys::of_subscription(transaction, holding.row.id).await?;
    let mut lead = None;
    for group in &groups {
        let Some(params) = group.params() else { continue };
        let product = holding.products.get(&group.product);
        let tied = ties.iter().find(|(tie, _)| tie.product_id == group.product);
        let key = match tied {
            Some((_, key)) => {
                let key = extended(transaction, now, key.clone(), holding).await?;
                let entitled = entitled(&contract, product, key.extended_until, now);
                keys::keep_in_step(transaction, (now, origin), key, &entitled, Some(&params)).await?
            }
            None if holding.row.ended_at.is_some() => continue,
            None => {
                let entitled = entitled(&contract, product, holding.contract.extended_until, now);
                let owner = CustomerId(holding.row.customer_id);
                let expires = entitled.expires.map(Timestamp::millis);
                let new = NewKey {
                    stripe_item: None,
                    source: "staff",
                    ..NewKey::bought(ProductId(group.product), owner, &params, expires, "")
                };
                let key = issue::create_key(transaction, now, origin, new).await?;
                subscription_keys::tie(transaction, holding.row.id, group.product, key.id, now).await?;
                let name = product.map_or("", |product| product.name.as_str());
                sync::send_key(app, transaction, owner, name, &key).await?;
                key
            }
        };
        lead.get_or_insert(key);
    }
    for (tie, key) in &ties {
        if groups.iter().any(|group| group.product == tie.product_id) {
            continue;
        }
        let ended = Some(Timestamp::from_millis(now));
        let over = Contract { status: StripeStatus::Canceled, ended_at: ended, ..contract.clone() };
        let entitled = entitled(&over, holding.products.get(&tie.product_id), None, now);
        keys::keep_in_step(transaction, (now, origin), key.clone(), &entitled, None).await?;
    }
    Ok(lead)
}

/// The contract as the rules of entitlement see it.
fn contract(row: &subscription::Model, contract: &offline_contract::Model) -> Contract {
    let time = Timestamp::from_millis;
    let status = if row.ended_at.is_some() {
        StripeStatus::Canceled
    } else if contract.paused_at.is_some() {
        StripeStatus::Paused
    } else {
        StripeStatus::Active
    };
    Contract {
        status,
        started_at: time(contract.term_start),
        paid_through: Some(time(contract.term_end)),
        current_period_end: Some(time(contract.term_end)),
        trial_end: row.trial_ends_at.map(time),
        // Nobody can be charged, so a trial has no grace.
        has_payment_method: false,
        collection_paused: None,
        cancel_at: row.cancels_at.map(time),
        cancel_at_period_end: false,
        ended_at: row.ended_at.map(time),
    }
}

fn entitled(
    contract: &Contract,
    product: Option<&product::Model>,
    extended: Option<i64>,
    now: i64,
) -> Entitlement {
    let rules = Rules {
        grace_days: product.and_then(|product| u32::try_from(product.grace_days).ok()).unwrap_or_default(),
        extended_until: extended.map(Timestamp::from_millis),
        paused_collection: PausedCollectionPolicy::default(),
    };
    entitlement(contract, &rules, Timestamp::from_millis(now))
}

/// Gives a key the time that staff gave its subscription; the end of the contract takes it back.
async fn extended(
    transaction: &DatabaseTransaction,
    now: i64,
    key: licence_key::Model,
    holding: &Holding<'_>,
) -> AppResult<licence_key::Model> {
    let given = key.extended_until.max(holding.contract.extended_until);
    let until = given.filter(|_| holding.row.ended_at.is_none());
    if key.extended_until == until {
        return Ok(key);
    }
    let row = licence_key::Model { extended_until: until, ..key };
    key_store::save(transaction, row, now).await?.ok_or_else(AppError::stale)
}

/// What the items buy; a plan without key parameters buys no key.
async fn bought(
    transaction: &DatabaseTransaction,
    items: &[subscription_item::Model],
) -> AppResult<Vec<Item>> {
    let ids: Vec<i64> = items.iter().filter_map(|item| item.plan_id).collect();
    let plans = plans::by_ids(transaction, &ids).await?;
    let params = PlanParams::load(transaction).await?;
    let read = |item: &subscription_item::Model| {
        let plan = plans.iter().find(|plan| Some(plan.id) == item.plan_id)?;
        let params = params.read(&plan.key_params).ok()?;
        Some(Item {
            stripe_id: String::new(),
            price: String::new(),
            plan: item.plan_id,
            product_name: item.product_name.clone(),
            plan_name: item.plan_name.clone(),
            quantity: item.quantity,
            currency: item.currency.clone(),
            amount: item.amount,
            interval_unit: item.interval_unit.clone(),
            interval_count: item.interval_count,
            period_end: item.period_end.map(Timestamp::from_millis),
            metadata: latchkey_stripe::Metadata::new(),
            buys: Buys::Licence { product: item.product_id?, params },
        })
    };
    Ok(items.iter().filter_map(read).collect())
}
