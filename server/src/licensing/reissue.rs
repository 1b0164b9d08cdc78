//! A key that got into the wrong hands: a new one takes its place with all that it allows, and the old one is
//! blocked for good.
//!
//! Subscription, data objects and (as the vendor says) machines go over to the new key in the same transaction,
//! so there is never a moment at which both work or neither does. Stripe learns the new numbers from the sync
//! that is asked for with it.

use latchkey_shared::{
    ids::{CustomerId, KeyGlobalId, ProductId, SubscriptionId},
    message_template::{Placeholder, TemplateKind},
    status::BlockSource,
};
use latchkey_store::{
    Access, activations, customers, data,
    entity::{licence_key, vendor as vendor_row},
    keys as store, products, subscription_keys, subscriptions,
    sync_jobs::Target,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{NotSet, Set},
    ConnectionTrait, IntoActiveModel as _,
};
use serde_json::json;

use super::{edit, issue};
use crate::{
    audit::{self, Entry, Origin},
    billing::work,
    clock::DAY,
    communications::{self, templates, values::Values},
    error::{AppError, AppResult},
    failpoint::{self, Point},
    state::AppState,
    vendor,
};

/// What staff say about it.
#[derive(Clone, Debug, Default)]
pub struct ByStaff {
    pub reason: String,
    /// Whether the machines go with it; the vendor's setting unless said.
    pub machines: Option<bool>,
}

/// Staff have a key of anybody's re-issued, blocked by them or not.
///
/// # Errors
/// 404 for no such key, 409 for one that was replaced before.
pub async fn by_staff(
    app: &AppState,
    origin: &Origin,
    id: KeyGlobalId,
    said: ByStaff,
) -> AppResult<licence_key::Model> {
    let transaction = app.store.begin().await?;
    let old = held(&transaction, Access::All, id).await?;
    let rules = vendor::load(&transaction).await?;
    let machines = said.machines.unwrap_or(rules.reissue_moves_machines);
    let new = replace(app, &transaction, origin, old, machines, &said.reason).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(new)
}

/// A customer has an own key re-issued.
///
/// # Errors
/// 404 for a key of somebody else's; 409 where the vendor does not let customers do it, the key is blocked, or it was
/// done too often within a day.
pub async fn by_customer(
    app: &AppState,
    origin: &Origin,
    customer: CustomerId,
    id: KeyGlobalId,
) -> AppResult<licence_key::Model> {
    let transaction = app.store.begin().await?;
    let old = held(&transaction, Access::Customer(customer), id).await?;
    // Keys of one customer come one after another, so that the day's count is right. The customer is held after the
    // key, as when machines are counted.
    customers::hold(&transaction, customer.0).await?;
    let rules = vendor::load(&transaction).await?;
    if rules.customer_reissues_per_day == 0 {
        return Err(AppError::conflict(
            "not_offered",
            "Keys are re-issued by us. Write to us, and you get a new one.",
        ));
    }
    if old.blocked {
        return Err(AppError::conflict(
            "key_blocked",
            "This key is blocked, so there is no new one for it. Write to us if you think that this is a mistake.",
        ));
    }
    if left_today(&transaction, &rules, customer, app.clock.now()).await? <= 0 {
        return Err(AppError::conflict(
            "reissued_today",
            "You had a key re-issued within the last day. Try again tomorrow, or write to us.",
        ));
    }
    let new = replace(app, &transaction, origin, old, rules.reissue_moves_machines, "").await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(new)
}

/// How many keys a customer may still have re-issued within the day.
pub async fn left_today<C: ConnectionTrait>(
    connection: &C,
    rules: &vendor_row::Model,
    customer: CustomerId,
    now: i64,
) -> AppResult<i64> {
    let done = store::reissued_since(connection, customer, now - DAY).await?;
    Ok(rules.customer_reissues_per_day - done)
}

/// The key, held until the transaction ends; 404 for none that the caller may see, 409 for a replaced one.
async fn held<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: KeyGlobalId,
) -> AppResult<licence_key::Model> {
    let key = activations::hold_key(connection, id.0).await?.filter(|key| access.allows_key(key));
    let key = key.ok_or_else(|| AppError::not_found("licence key"))?;
    if is_replaced(&key) { Err(replaced()) } else { Ok(key) }
}

/// Whether another key took this one's place.
pub fn is_replaced(key: &licence_key::Model) -> bool {
    key.block_source.as_deref() == Some(BlockSource::ReIssue.as_str())
}

/// What whoever tries to change a replaced key is told.
pub fn replaced() -> AppError {
    AppError::conflict("replaced", "This key was replaced by a new one.")
}

async fn replace<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    origin: &Origin,
    old: licence_key::Model,
    machines: bool,
    reason: &str,
) -> AppResult<licence_key::Model> {
    let now = app.clock.now();
    let (old, new) = put_in_place(connection, now, old).await?;
    failpoint::at(Point::KeyMade);
    data::move_to(connection, old.id, new.id, machines).await?;
    let moved = if machines { activations::move_to(connection, old.id, new.id).await? } else { 0 };
    tie(connection, now, &old, &new).await?;
    let entry = Entry {
        before: Some(json!({"key": old.id, "id": old.number})),
        after: Some(json!({"key": new.id, "id": new.number, "machines_moved": moved})),
        reason: reason.trim().to_owned(),
        ..edit::entry(
            &new,
            new.customer_id,
            "key_reissued",
            format!("Licence key {} was re-issued as {}.", old.number, new.number),
        )
    };
    audit::record(connection, now, origin, Entry { subject_id: old.id, ..entry.clone() }).await?;
    // The new key's own history begins with it; the customer's tells it once.
    audit::record(connection, now, origin, Entry { customer_id: None, ..entry }).await?;
    tell(app, connection, &new).await?;
    Ok(new)
}

/// The old key blocked, and a new one with all that it allowed. Who blocked the old one for its money or its age
/// goes on blocking the new one; staff's block was about the old text.
async fn put_in_place<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    old: licence_key::Model,
) -> AppResult<(licence_key::Model, licence_key::Model)> {
    let by_staff = old.block_source.as_deref() == Some(BlockSource::Staff.as_str());
    let product = ProductId(old.product_id);
    let number = store::take_number(connection, product).await?;
    let text = issue::free_text(connection, old.product_id).await?;
    let mut new = old.clone().into_active_model().reset_all();
    new.id = NotSet;
    new.number = Set(number.ok_or_else(|| AppError::not_found("product"))?);
    new.key_lookup = Set(text.clone());
    new.key_text = Set(text);
    new.replaces = Set(Some(old.id));
    new.created_at = Set(now);
    new.updated_at = Set(now);
    new.version = Set(1);
    if by_staff {
        new.blocked = Set(false);
        new.block_source = Set(None);
    }
    let over = licence_key::Model {
        blocked: true,
        block_source: Some(BlockSource::ReIssue.as_str().to_owned()),
        // A product makes one trial key for a machine.
        trial_machine: None,
        ..old
    };
    let over = store::save(connection, over, now).await?.ok_or_else(AppError::stale)?;
    Ok((over, store::insert(connection, new).await?))
}

/// Ties the new key where the old one was tied, and asks for Stripe to be told.
async fn tie<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    old: &licence_key::Model,
    new: &licence_key::Model,
) -> AppResult<()> {
    let Some(tie) = subscription_keys::of_key(connection, old.id).await? else { return Ok(()) };
    let subscription = SubscriptionId(tie.subscription_id);
    subscription_keys::replace(connection, tie, old, new.id).await?;
    let row = subscriptions::find(connection, Access::All, subscription).await?;
    let target = row.and_then(|row| Some(Target::subscription(row.account_id?, &row.stripe_id?)));
    work::request_all(connection, target, now).await?;
    Ok(())
}

/// Writes the new key to its customer, who may not be the one who asked for it.
async fn tell<C: ConnectionTrait>(app: &AppState, connection: &C, new: &licence_key::Model) -> AppResult<()> {
    let Some(customer) = new.customer_id.map(CustomerId) else { return Ok(()) };
    let Some((owner, address)) = communications::addressee(connection, customer).await? else {
        return Ok(());
    };
    let product = products::find(connection, ProductId(new.product_id)).await?;
    let name = product.map(|product| product.name).unwrap_or_default();
    let values = Values::default()
        .with(Placeholder::Customer, owner.name)
        .with(Placeholder::Product, name)
        .with(Placeholder::Key, &new.key_text)
        .with(Placeholder::Link, app.config.url("/Portal/Licences"));
    let letter = templates::letter(connection, TemplateKind::KeyReissued, values).await?;
    communications::send(app, connection, Some(customer), &address, letter).await?;
    Ok(())
}
