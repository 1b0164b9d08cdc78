//! Activating a licence key on a machine, and taking that back.
//!
//! What changes nothing (the same machine again) writes nothing either. [`seat`] has the rules for what does,
//! [`together`] brings those that come at the same time to the disk at once.

mod seat;
pub mod together;

use latchkey_store::{
    activations as store,
    entity::{activation, data_object, licence_key},
    keys::Found,
};

use super::reissue;
use crate::{clock::MINUTE, error::AppResult, state::AppState};

/// A machine that asks more often than that is not written down each time.
const SEEN_AGAIN_AFTER: i64 = MINUTE;

/// What a program asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub machine: String,
    pub friendly_name: String,
    pub os_info: String,
    pub ip: String,
    /// A floating seat instead of a lock.
    pub lease: Option<Lease>,
}

/// A floating seat for a while.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    pub seconds: i64,
    /// How many seats may go beyond the machine limit.
    pub overdraft: i64,
}

/// Why a key was not activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Blocked,
    /// Blocked, since another key took its place.
    Replaced,
    LimitReached,
    /// The key names the machines that may activate, and this is none of them.
    MachineNotAllowed,
    /// A key with a machine limit needs to know the machine.
    NoMachine,
}

/// An activated key, its machines, and the one that asked (nothing where machines are not counted).
#[derive(Clone, Debug)]
pub struct Activated {
    pub key: licence_key::Model,
    pub machines: Vec<activation::Model>,
    pub own: Option<i64>,
    /// The key's data objects, where they were read along.
    pub objects: Option<Vec<data_object::Model>>,
}

/// Activates the key that was found for the machine that asks.
pub async fn activate(app: &AppState, found: Found, asked: Asked) -> AppResult<Result<Activated, Refusal>> {
    let Found { key, customer, machine_name } = found;
    if let Some(refusal) = refusal(&key, &asked) {
        return Ok(Err(refusal));
    }
    let now = app.clock.now();
    let is_known =
        machine_name.is_some_and(|name| asked.friendly_name.is_empty() || name == asked.friendly_name);
    if asked.lease.is_none() && (is_known || !counted(&key, &asked)) {
        let machines =
            store::of_key(app.store.read(), latchkey_store::Access::All, key.id.into(), now).await?;
        let own = machines.iter().find(|machine| !machine.floating && machine.machine_code == asked.machine);
        match own {
            Some(own) if asked.friendly_name.is_empty() || own.friendly_name == asked.friendly_name => {
                if now - own.last_seen_at >= SEEN_AGAIN_AFTER {
                    app.notes.machine_seen(own.id, now);
                }
                let own = Some(own.id);
                return Ok(Ok(Activated { key, machines, own, objects: None }));
            }
            None if !counted(&key, &asked) && !begins_trial(&key) => {
                return Ok(Ok(Activated { key, machines, own: None, objects: None }));
            }
            _ => {}
        }
    }
    let limited_customer = customer.as_ref().filter(|owner| owner.max_machines > 0).map(|owner| owner.id);
    together::activate(app, together::Wish { key: key.id, limited_customer, asked }).await
}

/// Takes an activation back; false where there is none.
pub async fn deactivate(app: &AppState, key: i64, machine: &str, floating: bool) -> AppResult<bool> {
    let transaction = app.store.begin().await?;
    let Some(found) = store::find(&transaction, key, floating, machine).await? else { return Ok(false) };
    let over = found.lease_until.is_some_and(|until| until <= app.clock.now());
    let gone = store::delete(&transaction, found.id).await?;
    transaction.commit().await?;
    Ok(gone && !over)
}

fn refusal(key: &licence_key::Model, asked: &Asked) -> Option<Refusal> {
    if key.blocked {
        return Some(if reissue::is_replaced(key) { Refusal::Replaced } else { Refusal::Blocked });
    }
    let mut allowed = key.allowed_machines.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    if allowed.peek().is_some() && !allowed.any(|machine| machine == asked.machine) {
        return Some(Refusal::MachineNotAllowed);
    }
    (counted(key, asked) && asked.machine.is_empty()).then_some(Refusal::NoMachine)
}

/// Whether machines of this key are counted.
fn counted(key: &licence_key::Model, asked: &Asked) -> bool {
    key.max_machines > 0 || asked.lease.is_some()
}

/// Whether the first activation begins the days of this key.
fn begins_trial(key: &licence_key::Model) -> bool {
    key.trial_activation && key.period_days > 0 && key.first_activated_at.is_none()
}
