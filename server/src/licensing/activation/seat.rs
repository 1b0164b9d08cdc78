//! Machines' places on keys, within a transaction: the keys' rows are held while their machines are counted, so that
//! activations of one key come one after another.

use std::{
    collections::{HashMap, HashSet},
    mem,
};

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
use crate::{
    clock::SECOND,
    error::{AppError, AppResult},
    licensing::product_rules,
    vendor,
};

/// Until when a seat is taken, and whether it is beyond the limit. Nothing for a lock.
type Terms = Option<(i64, bool)>;

type Outcome = Result<Activated, Refusal>;
/// Wishes, each with its place among all.
type Placed<'a> = Vec<(usize, &'a Wish)>;

/// Grants wishes, or says why not, in their order; a refusal has written nothing.
///
/// They are read and written together, those apart that could take a place from one another.
pub(super) async fn take<C: ConnectionTrait>(
    connection: &C,
    wishes: &[Wish],
    now: i64,
) -> AppResult<Vec<Outcome>> {
    let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(wishes.len());
    let mut left: Placed<'_> = wishes.iter().enumerate().collect();
    while !left.is_empty() {
        let (round, rest) = apart(left);
        outcomes.extend(take_round(connection, round, now).await?);
        left = rest;
    }
    outcomes.sort_unstable_by_key(|(place, _)| *place);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The next round, with one wish of each key and of each customer whose machines are limited, and what is left.
fn apart(wishes: Placed<'_>) -> (Placed<'_>, Placed<'_>) {
    let (mut keys, mut customers) = (HashSet::new(), HashSet::new());
    wishes.into_iter().partition(|(_, wish)| {
        let new_key = keys.insert(wish.key);
        new_key && wish.limited_customer.is_none_or(|customer| customers.insert(customer))
    })
}

/// A wish that is granted, before it is written.
struct Granted {
    key: licence_key::Model,
    /// All of the key, without the one that asks where that is to be written.
    machines: Vec<activation::Model>,
    own: Own,
}

/// The place of the machine that asks.
enum Own {
    /// Machines are not counted.
    None,
    /// It has a lock or seat, which is renewed.
    Renewed(activation::Model),
    New(activation::ActiveModel),
}

async fn take_round<C: ConnectionTrait>(
    connection: &C,
    round: Placed<'_>,
    now: i64,
) -> AppResult<Vec<(usize, Outcome)>> {
    let ids: Vec<i64> = round.iter().map(|(_, wish)| wish.key).collect();
    let mut keys = store::hold_keys(connection, &ids).await?;
    let mut machines = store::ever_of_keys(connection, &ids).await?;
    let mut objects = data::of_keys(connection, &ids).await?;
    let (mut outcomes, mut granted) = (Vec::with_capacity(round.len()), Vec::with_capacity(round.len()));
    for (place, wish) in round {
        let machines = machines.remove(&wish.key).unwrap_or_default();
        match grant(connection, keys.remove(&wish.key), machines, wish, now).await? {
            Ok(grant) => granted.push((place, grant)),
            Err(refusal) => outcomes.push((place, Err(refusal))),
        }
    }
    for (place, mut activated) in write(connection, granted, now).await? {
        activated.objects = Some(objects.remove(&activated.key.id).unwrap_or_default());
        outcomes.push((place, Ok(activated)));
    }
    Ok(outcomes)
}

/// What a wish comes to, by the rules.
async fn grant<C: ConnectionTrait>(
    connection: &C,
    key: Option<licence_key::Model>,
    mut machines: Vec<activation::Model>,
    wish: &Wish,
    now: i64,
) -> AppResult<Result<Granted, Refusal>> {
    let asked = &wish.asked;
    let Some(key) = key else { return Ok(Err(Refusal::Blocked)) };
    if let Some(refusal) = refusal(&key, asked) {
        return Ok(Err(refusal));
    }
    if !counted(&key, asked) {
        return Ok(Ok(Granted { key, machines, own: Own::None }));
    }
    let floating = asked.lease.is_some();
    let known = machines.iter().position(|row| row.floating == floating && row.machine_code == asked.machine);
    let Some(terms) = terms(&machines, &key, asked, known.is_none(), now) else {
        return Ok(Err(Refusal::LimitReached));
    };
    if known.is_none() && !floating && !customer_has_room(connection, wish).await? {
        return Ok(Err(Refusal::LimitReached));
    }
    let own = match known {
        Some(place) => Own::Renewed(renewed(machines.swap_remove(place), asked, now, terms)),
        None => Own::New(new(key.id, asked, now, terms)),
    };
    Ok(Ok(Granted { key, machines, own }))
}

/// Writes what was granted, the new machines in one statement.
async fn write<C: ConnectionTrait>(
    connection: &C,
    mut granted: Vec<(usize, Granted)>,
    now: i64,
) -> AppResult<Vec<(usize, Activated)>> {
    let new = granted.iter_mut().filter_map(|(_, grant)| match &mut grant.own {
        Own::New(row) => Some(mem::take(row)),
        _ => None,
    });
    let mut inserted: HashMap<i64, activation::Model> = store::insert_all(connection, new.collect())
        .await?
        .into_iter()
        .map(|row| (row.key_id, row))
        .collect();
    let mut written = Vec::with_capacity(granted.len());
    for (place, Granted { mut key, mut machines, own }) in granted {
        let is_new = !matches!(own, Own::Renewed(_));
        let row = match own {
            Own::None => None,
            Own::Renewed(row) => Some(store::save(connection, row).await?),
            Own::New(_) => {
                let row = inserted.remove(&key.id);
                Some(row.ok_or_else(|| AppError::internal("a machine was not written"))?)
            }
        };
        if is_new {
            key = first_seen(connection, key, now).await?;
        }
        let own = row.as_ref().map(|row| row.id);
        machines.extend(row);
        machines.retain(|row| row.lease_until.is_none_or(|until| until > now));
        // In the order in which they came.
        machines.sort_unstable_by_key(|row| row.id);
        written.push((place, Activated { key, machines, own, objects: None }));
    }
    Ok(written)
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
async fn customer_has_room<C: ConnectionTrait>(connection: &C, wish: &Wish) -> AppResult<bool> {
    let Some(owner) = wish.limited_customer else { return Ok(true) };
    let most = customers::hold(connection, owner).await?.map_or(0, |row| row.max_machines);
    if most == 0 {
        return Ok(true);
    }
    let machines = store::machines_of_customer(connection, owner).await?;
    let taken = i64::try_from(machines.len()).unwrap_or(i64::MAX);
    Ok(machines.contains(&wish.asked.machine) || seats::another_machine(taken, most))
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
