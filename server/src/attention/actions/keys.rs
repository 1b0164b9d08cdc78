//! Decisions about keys: issue, link, keep, send, block.

use latchkey_shared::{
    api::{
        attention::{Attention, Decide, IssueKey, LinkKey},
        keys::BlockKey,
    },
    attention::AttentionAction,
    ids::{CustomerId, KeyGlobalId, ProductId},
};
use latchkey_store::{
    Access, attention as store,
    entity::{licence_key, subscription},
    keys, products, subscription_keys, subscriptions,
};
use sea_orm::ConnectionTrait;

use super::Open;
use crate::{
    audit::Origin,
    billing::sync::{self, numbers_at_stripe},
    error::{AppError, AppResult},
    licensing::{
        edit,
        issue::{self, NewKey},
    },
    state::AppState,
};

/// Makes the missing key with what the form says, ties it, tells the customer and Stripe.
///
/// # Errors
/// 409 where the subscription has a key for the product already, or its customer is unknown; field errors.
pub async fn issue(app: &AppState, origin: &Origin, id: i64, form: &IssueKey) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::IssueKey).await?;
    let (connected, stripe_id) = open.at_stripe(app).await?;
    let numbers = numbers_at_stripe(&connected.client, &stripe_id).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let contract = open.subscription(&transaction).await?;
    let items = subscriptions::items(&transaction, &[contract.id]).await?;
    let product = form.product.or_else(|| items.iter().find_map(|item| item.product_id).map(ProductId));
    let product =
        product.ok_or_else(|| AppError::field("product", "Choose the product that was paid for."))?;
    let named = products::find(&transaction, product).await?;
    let named = named.ok_or_else(|| AppError::field("product", "There is no such product."))?;
    let ties = subscription_keys::of_subscription(&transaction, contract.id).await?;
    if ties.iter().any(|(tie, _)| tie.product_id == product.0) {
        return Err(AppError::conflict(
            "key_exists",
            "This subscription has a key for that product already.",
        ));
    }
    let until = form.expires.map(latchkey_shared::time::Timestamp::millis).filter(|until| *until > now);
    if contract.ended_at.is_some() && until.is_none() {
        let message = "The subscription is over. Say until when the key works, in the future.";
        return Err(AppError::field("expires", message));
    }
    let new = NewKey {
        customer: Some(CustomerId(contract.customer_id)),
        expires_at: until.or(contract.paid_through).or(Some(now)),
        features: std::array::from_fn(|index| form.features.get(index).copied().unwrap_or_default()),
        max_machines: form.max_machines,
        stripe_item: items.first().and_then(|item| item.stripe_id.clone()),
        ..NewKey::plain(product, "staff")
    };
    let mut key = issue::create_key(&transaction, now, origin, new).await?;
    if until.is_some() {
        key.extended_until = until;
        key = keys::save(&transaction, key, now).await?.ok_or_else(AppError::stale)?;
    }
    tie(&transaction, now, &contract, &key, &numbers).await?;
    let customer = CustomerId(contract.customer_id);
    sync::send_key(app, &transaction, customer, &named.name, &key).await?;
    let text = format!("Licence key {} of {} was issued by hand.", key.number, named.name);
    open.note(app, transaction, origin, &text, &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::IssueKey).await
}

/// Ties a key that exists already. The key that the subscription had for the same product ends.
///
/// # Errors
/// Field errors where the key is somebody else's, another subscription's, or another product's.
pub async fn link(app: &AppState, origin: &Origin, id: i64, form: &LinkKey) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::LinkKey).await?;
    let (connected, stripe_id) = open.at_stripe(app).await?;
    let numbers = numbers_at_stripe(&connected.client, &stripe_id).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let contract = open.subscription(&transaction).await?;
    let key = free_key(&transaction, &contract, form.key).await?;
    let ties = subscription_keys::of_subscription(&transaction, contract.id).await?;
    if let Some((_, before)) = ties.iter().find(|(tie, _)| tie.product_id == key.product_id) {
        subscription_keys::untie(&transaction, contract.id, key.product_id).await?;
        end(&transaction, now, before.clone()).await?;
    }
    let key = if key.customer_id.is_none() {
        let owned = licence_key::Model { customer_id: Some(contract.customer_id), ..key };
        keys::save(&transaction, owned, now).await?.ok_or_else(AppError::stale)?
    } else {
        key
    };
    tie(&transaction, now, &contract, &key, &numbers).await?;
    let items = subscriptions::items(&transaction, &[contract.id]).await?;
    if let Some(item) = items.first().and_then(|item| item.stripe_id.as_deref()) {
        issue::set_stripe_item(&transaction, now, key.id, item).await?;
    }
    let text = format!("Licence key {} was tied to the subscription.", key.number);
    open.note(app, transaction, origin, &text, &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::LinkKey).await
}

/// Holds on to the key that was issued here: its numbers are written over what Stripe says.
pub async fn keep(app: &AppState, origin: &Origin, id: i64, form: &Decide) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::KeepOurs).await?;
    let (connected, stripe_id) = open.at_stripe(app).await?;
    let numbers = numbers_at_stripe(&connected.client, &stripe_id).await?;
    let transaction = app.store.begin().await?;
    let contract = open.subscription(&transaction).await?;
    for (tie, _) in subscription_keys::of_subscription(&transaction, contract.id).await? {
        subscription_keys::overrule(&transaction, contract.id, tie.product_id, &numbers).await?;
    }
    open.note(app, transaction, origin, "The key issued here was kept.", &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::KeepOurs).await
}

/// Sends the subscription's keys to its customer once more.
///
/// # Errors
/// 409 where there is no key, or nobody has an address.
pub async fn send(app: &AppState, origin: &Origin, id: i64, form: &Decide) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::SendKey).await?;
    let transaction = app.store.begin().await?;
    let contract = open.subscription(&transaction).await?;
    let ties = subscription_keys::of_subscription(&transaction, contract.id).await?;
    if ties.is_empty() {
        return Err(AppError::conflict("no_key", "This subscription has no key yet."));
    }
    let customer = CustomerId(contract.customer_id);
    for (tie, key) in &ties {
        let product = products::find(&transaction, ProductId(tie.product_id)).await?;
        let name = product.map(|product| product.name).unwrap_or_default();
        if !sync::send_key(app, &transaction, customer, &name, key).await? {
            let message = "This customer has no e-mail address. Add one first.";
            return Err(AppError::conflict("no_address", message));
        }
    }
    open.note(app, transaction, origin, "The key was sent to the customer.", &form.reason).await?;
    open.answer(app, AttentionAction::SendKey).await
}

/// Blocks the keys in question in staff's name, which billing does not lift.
///
/// # Errors
/// 409 where there is no key.
pub async fn block(app: &AppState, origin: &Origin, id: i64, form: &Decide) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::BlockKey).await?;
    let contracts = match (open.row.subscription_id, open.row.customer_id) {
        (Some(subscription), _) => vec![subscription],
        (None, Some(customer)) => {
            let all = subscriptions::of_customer(app.store.read(), CustomerId(customer)).await?;
            all.into_iter().filter(|row| row.account_id == open.row.account_id).map(|row| row.id).collect()
        }
        (None, None) => Vec::new(),
    };
    let ties = subscription_keys::of_subscriptions(app.store.read(), &contracts).await?;
    if ties.is_empty() {
        return Err(AppError::conflict("no_key", "There is no key to block."));
    }
    for (_, key) in &ties {
        let block = BlockKey { blocked: true, reason: form.reason.clone() };
        edit::set_blocked(app, origin, KeyGlobalId(key.id), block).await?;
    }
    let transaction = app.store.begin().await?;
    open.resolve(&transaction, app.clock.now(), store::BLOCKED).await?;
    open.note(app, transaction, origin, "The key was blocked.", &form.reason).await?;
    open.answer(app, AttentionAction::BlockKey).await
}

/// Ties the key that a person decided for; what Stripe says instead may be written over.
async fn tie<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    contract: &subscription::Model,
    key: &licence_key::Model,
    numbers: &str,
) -> AppResult<()> {
    subscription_keys::tie(connection, contract.id, key.product_id, key.id, now).await?;
    subscription_keys::overrule(connection, contract.id, key.product_id, numbers).await?;
    Ok(())
}

/// The key, if it can be this subscription's.
async fn free_key<C: ConnectionTrait>(
    connection: &C,
    contract: &subscription::Model,
    id: KeyGlobalId,
) -> AppResult<licence_key::Model> {
    let refused = |message: &str| AppError::field("key", message);
    let key = keys::find(connection, Access::All, id).await?;
    let key = key.ok_or_else(|| refused("There is no such licence key."))?;
    if key.customer_id.is_some_and(|owner| owner != contract.customer_id) {
        return Err(refused("This key belongs to another customer."));
    }
    if subscription_keys::of_key(connection, key.id).await?.is_some() {
        return Err(refused("This key belongs to a subscription already."));
    }
    let items = subscriptions::items(connection, &[contract.id]).await?;
    let mut bought = items.iter().filter_map(|item| item.product_id).peekable();
    if bought.peek().is_some() && !bought.any(|product| product == key.product_id) {
        return Err(refused("This key is for a product that the subscription does not pay for."));
    }
    Ok(key)
}

/// Ends the key that another one takes the place of.
async fn end<C: ConnectionTrait>(connection: &C, now: i64, key: licence_key::Model) -> AppResult<()> {
    let ended = licence_key::Model {
        expires_at: Some(key.expires_at.map_or(now, |expires| Ord::min(expires, now))),
        extended_until: None,
        blocked: true,
        block_source: Some(latchkey_shared::status::BlockSource::Billing.as_str().to_owned()),
        ..key
    };
    keys::save(connection, ended, now).await?.ok_or_else(AppError::stale)?;
    Ok(())
}
