//! Single changes to a licence key, as programs ask for them.

use latchkey_engine::period::{self, Tz};
use latchkey_shared::{
    ids::{CustomerId, KeyGlobalId},
    status::BlockSource,
    time::Timestamp,
};
use latchkey_store::{
    activations, data,
    entity::{licence_key, subscription},
    keys as store, resellers,
};
use sea_orm::ConnectionTrait;

use super::{edit, product_rules, reissue};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// What is to change.
#[derive(Clone, Debug)]
pub enum Change {
    /// By so many days from its expiry, or from now where that is over. A key that never expires stays so.
    Extend(i64),
    /// Until then, where it expires earlier.
    ExtendUntil(Timestamp),
    /// F1 to F8.
    Feature(i64, bool),
    Block(bool),
    MachineLimit(i64),
    Notes(String),
    Customer(Option<CustomerId>),
    Reseller(Option<i64>),
    TrialActivation(bool),
}

/// Changes a key; whether anything was different before. `reason` stands in the history.
pub async fn apply(
    app: &AppState,
    origin: &Origin,
    id: KeyGlobalId,
    change: Change,
    reason: &str,
) -> AppResult<bool> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut key =
        activations::hold_key(&transaction, id.0).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    let contract = edit::contract(&transaction, &key).await?;
    let (was, before) = (key.clone(), edit::described(&key));
    set(&transaction, &mut key, contract.as_ref(), change, now).await?;
    if key == was {
        return Ok(false);
    }
    let key = store::save(&transaction, key, now).await?.ok_or_else(AppError::stale)?;
    if key.blocked != was.blocked {
        let (action, done) =
            if key.blocked { ("key_blocked", "blocked") } else { ("key_unblocked", "unblocked") };
        let text = format!("Licence key {} was {done}.", key.number);
        let entry = Entry { reason: reason.to_owned(), ..blocking(&was, &key, action, text) };
        audit::record(&transaction, now, origin, entry).await?;
    }
    for entry in edit::entries(&key, before, was.customer_id) {
        let entry = Entry { reason: reason.to_owned(), ..entry };
        audit::record(&transaction, now, origin, entry).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

async fn set<C: ConnectionTrait>(
    connection: &C,
    key: &mut licence_key::Model,
    contract: Option<&subscription::Model>,
    change: Change,
    now: i64,
) -> AppResult<()> {
    match change {
        Change::Extend(days) => {
            if let Some(expires) = key.expires_at {
                let zone = vendor::load(connection).await?.time_zone.parse().unwrap_or(Tz::UTC);
                let from = Timestamp::from_millis(Ord::max(expires, now));
                edit::set_expiry(key, contract, Some(period::add_days(from, days, zone)))?;
            }
            unblock_extended(connection, key).await?;
        }
        Change::ExtendUntil(until) => {
            if key.expires_at.is_none_or(|expires| expires >= until.millis()) {
                return Ok(());
            }
            edit::set_expiry(key, contract, Some(until))?;
            unblock_extended(connection, key).await?;
        }
        Change::Feature(number, on) => {
            let features = [
                &mut key.f1,
                &mut key.f2,
                &mut key.f3,
                &mut key.f4,
                &mut key.f5,
                &mut key.f6,
                &mut key.f7,
                &mut key.f8,
            ];
            let index = usize::try_from(number - 1).unwrap_or(usize::MAX);
            if let Some(feature) = features.into_iter().nth(index) {
                *feature = on;
            }
        }
        Change::Block(true) if !key.blocked => {
            key.blocked = true;
            key.block_source = Some(BlockSource::Staff.as_str().to_owned());
        }
        Change::Block(false) => {
            if reissue::is_replaced(key) {
                return Err(reissue::replaced());
            }
            key.blocked = false;
            key.block_source = None;
        }
        Change::MachineLimit(limit) => key.max_machines = limit,
        Change::Notes(notes) => key.notes = notes,
        Change::Customer(to) if to.map(|id| id.0) != key.customer_id => {
            edit::move_to(connection, key, contract, to).await?;
        }
        Change::Block(true) | Change::Customer(_) => {}
        Change::Reseller(to) => {
            if let Some(id) = to {
                let found = resellers::find(connection, id).await?.filter(|reseller| !reseller.removed);
                found.ok_or_else(|| AppError::not_found("reseller"))?;
            }
            key.reseller_id = to;
        }
        Change::TrialActivation(on) => key.trial_activation = on,
    }
    Ok(())
}

/// Lifts the block of a key that was extended, where its product says so.
async fn unblock_extended<C: ConnectionTrait>(connection: &C, key: &mut licence_key::Model) -> AppResult<()> {
    if key.blocked && !reissue::is_replaced(key) && unblocks(connection, key.product_id).await? {
        key.blocked = false;
        key.block_source = None;
    }
    Ok(())
}

async fn unblocks<C: ConnectionTrait>(connection: &C, product: i64) -> AppResult<bool> {
    let object = data::of_product(connection, product, product_rules::UNBLOCKS).await?;
    Ok(object.is_some_and(|object| product_rules::is_true(&object)))
}

fn blocking(was: &licence_key::Model, key: &licence_key::Model, action: &'static str, text: String) -> Entry {
    let state = |key: &licence_key::Model| serde_json::json!({"blocked": key.blocked, "block_source": key.block_source});
    Entry {
        before: Some(state(was)),
        after: Some(state(key)),
        ..edit::entry(key, key.customer_id, action, text)
    }
}
