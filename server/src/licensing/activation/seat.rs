//! A machine's place on a key, within a transaction: the key's row is held while its machines are counted, so that
//! activations of one key come one after another.

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

use super::{Activated, Asked, Refusal, counted, refusal, together::Wish};
use crate::{clock::SECOND, error::AppResult, licensing::product_rules, vendor};

/// Until when a seat is taken, and whether it is beyond the limit. Nothing for a lock.
type Terms = Option<(i64, bool)>;

/// Grants a wish, or says why not; a refusal has written nothing.
pub(super) async fn take<C: ConnectionTrait>(
    connection: &C,
    wish: &Wish,
    now: i64,
) -> AppResult<Result<Activated, Refusal>> {
    let asked = &wish.asked;
    let Some(mut key) = store::hold_key(connection, wish.key).await? else {
        return Ok(Err(Refusal::Blocked));
    };
    if let Some(refusal) = refusal(&key, asked) {
        return Ok(Err(refusal));
    }
    let mut machines = store::ever_of_key(connection, key.id).await?;
    let own = if counted(&key, asked) {
        match place(connection, &key, &mut machines, wish, now).await? {
            Some(own) => Some(own),
            None => return Ok(Err(Refusal::LimitReached)),
        }
    } else {
        None
    };
    if own.as_ref().is_none_or(|own| own.new) {
        key = first_seen(connection, key, now).await?;
    }
    machines.retain(|row| row.lease_until.is_none_or(|until| until > now));
    Ok(Ok(Activated { key, machines, own: own.map(|own| own.id) }))
}

/// A machine's lock or seat, and whether the key had not seen that machine.
struct Own {
    id: i64,
    new: bool,
}

/// The machine's lock or seat among `machines`, new or renewed; nothing where all are taken.
async fn place<C: ConnectionTrait>(
    connection: &C,
    key: &licence_key::Model,
    machines: &mut Vec<activation::Model>,
    wish: &Wish,
    now: i64,
) -> AppResult<Option<Own>> {
    let asked = &wish.asked;
    let floating = asked.lease.is_some();
    let known = machines.iter().position(|row| row.floating == floating && row.machine_code == asked.machine);
    let Some(terms) = terms(machines, key, asked, known.is_none(), now) else { return Ok(None) };
    if known.is_none()
        && !floating
        && wish.customer_limited
        && !customer_has_room(connection, key, asked).await?
    {
        return Ok(None);
    }
    let row = match known {
        Some(place) => {
            store::save(connection, renewed(machines.swap_remove(place), asked, now, terms)).await?
        }
        None => store::insert(connection, new(key.id, asked, now, terms)).await?,
    };
    let own = Own { id: row.id, new: known.is_none() };
    machines.push(row);
    // In the order in which they came.
    machines.sort_unstable_by_key(|row| row.id);
    Ok(Some(own))
}

/// On what terms the machine may have its place; nothing where all are taken.
fn terms(
    machines: &[activation::Model],
    key: &licence_key::Model,
    asked: &Asked,
    is_new: bool,
    now: i64,
) -> Option<Terms> {
    let count =
        |rows: &mut dyn Iterator<Item = &activation::Model>| i64::try_from(rows.count()).unwrap_or(i64::MAX);
    let Some(lease) = asked.lease else {
        let taken = count(&mut machines.iter().filter(|row| !row.floating));
        return (!is_new || seats::another_machine(taken, key.max_machines)).then_some(None);
    };
    let live =
        || machines.iter().filter(|row| row.floating && row.lease_until.is_some_and(|until| until > now));
    let others = |overdraft: bool| {
        count(&mut live().filter(|seat| seat.overdraft == overdraft && seat.machine_code != asked.machine))
    };
    let held = live().find(|seat| seat.machine_code == asked.machine);
    let held = held.map(|seat| if seat.overdraft { Seat::Overdraft } else { Seat::Regular });
    let seat = seats::seat(others(false), others(true), held, key.max_machines, lease.overdraft)?;
    Some(Some((now + lease.seconds * SECOND, seat == Seat::Overdraft)))
}

/// Whether the customer's licences taken together may be used on that machine too. Held until the transaction ends,
/// where there is a limit.
async fn customer_has_room<C: ConnectionTrait>(
    connection: &C,
    key: &licence_key::Model,
    asked: &Asked,
) -> AppResult<bool> {
    let Some(owner) = key.customer_id else { return Ok(true) };
    let most = customers::hold(connection, owner).await?.map_or(0, |row| row.max_machines);
    if most == 0 {
        return Ok(true);
    }
    let machines = store::machines_of_customer(connection, owner).await?;
    let taken = i64::try_from(machines.len()).unwrap_or(i64::MAX);
    Ok(machines.contains(&asked.machine) || seats::another_machine(taken, most))
}

/// A known machine that asks again.
fn renewed(mut row: activation::Model, asked: &Asked, now: i64, terms: Terms) -> activation::Model {
    row.last_seen_at = now;
    row.lease_until = terms.map(|(until, _)| until);
    row.overdraft = terms.is_some_and(|(_, overdraft)| overdraft);
    row.ip.clone_from(&asked.ip);
    if !asked.friendly_name.is_empty() {
        row.friendly_name.clone_from(&asked.friendly_name);
    }
    if !asked.os_info.is_empty() {
        row.os_info.clone_from(&asked.os_info);
    }
    row
}

/// A machine that the key has not seen.
fn new(key: i64, asked: &Asked, now: i64, terms: Terms) -> activation::ActiveModel {
    activation::ActiveModel {
        id: NotSet,
        key_id: Set(key),
        machine_code: Set(asked.machine.clone()),
        floating: Set(terms.is_some()),
        overdraft: Set(terms.is_some_and(|(_, overdraft)| overdraft)),
        friendly_name: Set(asked.friendly_name.clone()),
        ip: Set(asked.ip.clone()),
        os_info: Set(asked.os_info.clone()),
        first_seen_at: Set(now),
        last_seen_at: Set(now),
        lease_until: Set(terms.map(|(until, _)| until)),
    }
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
        let rule = data::of_product(connection, key.product_id, product_rules::TRIAL).await?;
        let once = rule.is_some_and(|rule| product_rules::begins_once(&rule.string_value));
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
