//! Activating a licence key on a machine, and taking that back.
//!
//! Activations of one key come one after another: the key's row is held while its machines are counted. What
//! changes nothing (the same machine again) writes nothing either.

use latchkey_engine::{
    period::{self, Tz},
    seats::{self, Seat},
};
use latchkey_shared::time::Timestamp;
use latchkey_store::{
    activations as store, customers, data,
    entity::{activation, licence_key},
    keys,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::reissue;
use crate::{clock::SECOND, error::AppResult, state::AppState, vendor};

/// The product's data object that says when a trial's days begin.
const TRIAL_RULE: &str = "cryptolens_trialactivation";
/// Its value by which they begin once.
const ONCE: &str = "first_activation";

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
}

/// Activates `key`.
pub async fn activate(
    app: &AppState,
    key: licence_key::Model,
    asked: &Asked,
) -> AppResult<Result<Activated, Refusal>> {
    if let Some(refusal) = refusal(&key, asked) {
        return Ok(Err(refusal));
    }
    let now = app.clock.now();
    let machines = store::of_key(app.store.read(), latchkey_store::Access::All, key.id.into(), now).await?;
    let counted = key.max_machines > 0 || asked.lease.is_some();
    if asked.lease.is_none() {
        let own = machines.iter().find(|machine| !machine.floating && machine.machine_code == asked.machine);
        match own {
            Some(own) if asked.friendly_name.is_empty() || own.friendly_name == asked.friendly_name => {
                app.notes.machine_seen(own.id, now);
                let own = Some(own.id);
                return Ok(Ok(Activated { key, machines, own }));
            }
            None if !counted && !begins_trial(&key) => return Ok(Ok(Activated { key, machines, own: None })),
            _ => {}
        }
    }
    let transaction = app.store.begin().await?;
    let Some(mut key) = store::hold_key(&transaction, key.id).await? else {
        return Ok(Err(Refusal::Blocked));
    };
    if let Some(refusal) = refusal(&key, asked) {
        return Ok(Err(refusal));
    }
    let own = if counted {
        match seat(&transaction, &key, asked, now).await? {
            Some(own) => Some(own),
            None => return Ok(Err(Refusal::LimitReached)),
        }
    } else {
        None
    };
    if own.as_ref().is_none_or(|own| own.new) {
        key = first_seen(&transaction, key, now).await?;
    }
    let machines = store::of_key(&transaction, latchkey_store::Access::All, key.id.into(), now).await?;
    transaction.commit().await?;
    Ok(Ok(Activated { key, machines, own: own.map(|own| own.row.id) }))
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
    let counted = key.max_machines > 0 || asked.lease.is_some();
    (counted && asked.machine.is_empty()).then_some(Refusal::NoMachine)
}

/// A machine's lock or seat, and whether the key had not seen that machine.
struct Own {
    row: activation::Model,
    new: bool,
}

/// The machine's lock or seat, new or renewed; nothing where all are taken.
async fn seat<C: ConnectionTrait>(
    connection: &C,
    key: &licence_key::Model,
    asked: &Asked,
    now: i64,
) -> AppResult<Option<Own>> {
    let known = store::find(connection, key.id, asked.lease.is_some(), &asked.machine).await?;
    let Some(lease) = asked.lease else {
        if known.is_none() {
            let taken = store::count_locked(connection, key.id).await?;
            let room = seats::another_machine(taken, key.max_machines);
            if !room || !customer_has_room(connection, key, &asked.machine).await? {
                return Ok(None);
            }
        }
        return keep(connection, key.id, known, asked, now, None).await.map(Some);
    };
    let live = store::live_seats(connection, key.id, now).await?;
    let others = |overdraft: bool| {
        let count = live
            .iter()
            .filter(|seat| seat.overdraft == overdraft && seat.machine_code != asked.machine)
            .count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let held = live.iter().find(|seat| seat.machine_code == asked.machine);
    let held = held.map(|seat| if seat.overdraft { Seat::Overdraft } else { Seat::Regular });
    match seats::seat(others(false), others(true), held, key.max_machines, lease.overdraft) {
        None => Ok(None),
        Some(seat) => {
            let terms = (now + lease.seconds * SECOND, seat == Seat::Overdraft);
            keep(connection, key.id, known, asked, now, Some(terms)).await.map(Some)
        }
    }
}

/// Whether the customer's licences taken together may be used on that machine too. Held until the transaction ends,
/// where there is a limit.
async fn customer_has_room<C: ConnectionTrait>(
    connection: &C,
    key: &licence_key::Model,
    machine: &str,
) -> AppResult<bool> {
    let Some(owner) = key.customer_id else { return Ok(true) };
    let row = customers::find(connection, latchkey_store::Access::All, owner.into()).await?;
    let most = row.map_or(0, |row| row.max_machines);
    if most == 0 {
        return Ok(true);
    }
    customers::hold(connection, owner).await?;
    let machines = store::machines_of_customer(connection, owner).await?;
    let taken = i64::try_from(machines.len()).unwrap_or(i64::MAX);
    Ok(machines.contains(machine) || seats::another_machine(taken, most))
}

/// Writes down a machine; `lease` is until when, and whether it is beyond the limit.
async fn keep<C: ConnectionTrait>(
    connection: &C,
    key: i64,
    known: Option<activation::Model>,
    asked: &Asked,
    now: i64,
    lease: Option<(i64, bool)>,
) -> AppResult<Own> {
    let (until, overdraft) = match lease {
        Some((until, overdraft)) => (Some(until), overdraft),
        None => (None, false),
    };
    if let Some(mut row) = known {
        row.last_seen_at = now;
        row.lease_until = until;
        row.overdraft = overdraft;
        row.ip.clone_from(&asked.ip);
        if !asked.friendly_name.is_empty() {
            row.friendly_name.clone_from(&asked.friendly_name);
        }
        if !asked.os_info.is_empty() {
            row.os_info.clone_from(&asked.os_info);
        }
        return Ok(Own { row: store::save(connection, row).await?, new: false });
    }
    let row = activation::ActiveModel {
        id: NotSet,
        key_id: Set(key),
        machine_code: Set(asked.machine.clone()),
        floating: Set(lease.is_some()),
        overdraft: Set(overdraft),
        friendly_name: Set(asked.friendly_name.clone()),
        ip: Set(asked.ip.clone()),
        os_info: Set(asked.os_info.clone()),
        first_seen_at: Set(now),
        last_seen_at: Set(now),
        lease_until: Set(until),
    };
    Ok(Own { row: store::insert(connection, row).await?, new: true })
}

/// Whether the first activation begins the days of this key.
fn begins_trial(key: &licence_key::Model) -> bool {
    key.trial_activation && key.period_days > 0 && key.first_activated_at.is_none()
}

/// A device that this key has not seen: the days of a trial begin, at each new device or only at the first one.
/// What Stripe bills ends when Stripe says.
async fn first_seen<C: ConnectionTrait>(
    connection: &C,
    mut key: licence_key::Model,
    now: i64,
) -> AppResult<licence_key::Model> {
    let first = key.first_activated_at.is_none();
    let mut expires = None;
    if key.trial_activation && key.period_days > 0 && key.source != "stripe" {
        let rule = data::of_product(connection, key.product_id, TRIAL_RULE).await?;
        let once = rule.is_some_and(|rule| rule.string_value.trim().eq_ignore_ascii_case(ONCE));
        if first || !once {
            let zone = vendor::load(connection).await?.time_zone.parse().unwrap_or(Tz::UTC);
            expires = Some(period::add_days(Timestamp::from_millis(now), key.period_days, zone).millis());
        }
    }
    if first {
        keys::set_first_activated(connection, key.id, now).await?;
        key.first_activated_at = Some(now);
    }
    if let Some(expires) = expires {
        key.expires_at = Some(expires);
        keys::set_expiry(connection, key.id, expires, now).await?;
        key.version += 1;
    }
    Ok(key)
}
