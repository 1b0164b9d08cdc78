//! The machines of keys.

use latchkey_store::{activations, entity::activation, moving_in::insert_all};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use crate::{error::AppResult, move_in::rows::Machine};

/// What has to happen to the machines of one key.
#[derive(Debug, Default)]
pub struct Plan {
    insert: Vec<Machine>,
    update: Vec<activation::Model>,
    delete: Vec<i64>,
}

impl Plan {
    /// So that a key with the machines `own` has those of `new`, of which it had `last` before. Machines that were
    /// first seen here are left alone, and so is a lease that is over.
    pub fn of(now: i64, own: &[&activation::Model], new: &[Machine], last: Option<&[Machine]>) -> Self {
        let find = |machine: &Machine| {
            own.iter().find(|row| row.floating == machine.floating && row.machine_code == machine.code)
        };
        let mut plan = Self::default();
        for machine in new {
            if last.is_some_and(|last| last.contains(machine)) {
                continue;
            }
            match find(machine) {
                Some(row) => plan.update.extend(changed(row, machine)),
                None if machine.floating && machine.lease_until.is_none_or(|until| until <= now) => {}
                None => plan.insert.push(machine.clone()),
            }
        }
        for gone in last.unwrap_or_default() {
            if !new.iter().any(|machine| machine.floating == gone.floating && machine.code == gone.code) {
                plan.delete.extend(find(gone).map(|row| row.id));
            }
        }
        plan
    }

    pub fn is_empty(&self) -> bool {
        self.insert.is_empty() && self.update.is_empty() && self.delete.is_empty()
    }
}

fn changed(row: &activation::Model, machine: &Machine) -> Option<activation::Model> {
    let mut changed = row.clone();
    changed.friendly_name.clone_from(&machine.friendly_name);
    changed.ip.clone_from(&machine.ip);
    if let Some(until) = machine.lease_until {
        changed.lease_until = Some(Ord::max(until, row.lease_until.unwrap_or(until)));
    }
    Some(changed).filter(|changed| changed != row)
}

/// Carries a plan out; `rows` collects what is new.
pub async fn carry_out<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    key: i64,
    plan: Plan,
    rows: &mut Vec<activation::ActiveModel>,
) -> AppResult<()> {
    for id in plan.delete {
        activations::delete(connection, id).await?;
    }
    for row in plan.update {
        activations::save(connection, row).await?;
    }
    for machine in plan.insert {
        let at = machine.time.unwrap_or(now);
        rows.push(activation::ActiveModel {
            id: NotSet,
            key_id: Set(key),
            machine_code: Set(machine.code),
            floating: Set(machine.floating),
            overdraft: Set(machine.overdraft),
            friendly_name: Set(machine.friendly_name),
            ip: Set(machine.ip),
            os_info: Set(String::new()),
            first_seen_at: Set(at),
            last_seen_at: Set(at),
            lease_until: Set(machine.lease_until),
        });
    }
    Ok(())
}

/// Puts in what was collected.
pub async fn insert<C: ConnectionTrait>(connection: &C, rows: Vec<activation::ActiveModel>) -> AppResult<()> {
    Ok(insert_all(connection, rows).await?)
}
