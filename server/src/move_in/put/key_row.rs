//! The row of a key: new, or with what changed there.

use latchkey_store::entity::licence_key;
use sea_orm::ActiveValue::{NotSet, Set};

use super::take_over;
use crate::move_in::rows::Key;

/// A key that is here with what changed there since it was `last` moved in.
pub fn changed(row: &Key, key: &licence_key::Model, last: Option<&Key>) -> licence_key::Model {
    let mut changed = key.clone();
    take_over!(changed, row, last;
        key_text = text, expires_at = expires, period_days = period, notes = notes, customer_id = customer,
        trial_activation = trial_activation, max_machines = max_machines, allowed_machines = allowed_machines);
    if let Some(created) = row.created.filter(|_| last.is_none_or(|last| last.created != row.created)) {
        changed.created_at = created;
    }
    if last.is_none_or(|last| last.features != row.features) {
        let [f1, f2, f3, f4, f5, f6, f7, f8] = row.features;
        changed = licence_key::Model { f1, f2, f3, f4, f5, f6, f7, f8, ..changed };
    }
    if last.is_none_or(|last| last.blocked != row.blocked) && key.blocked != row.blocked {
        changed.blocked = row.blocked;
        changed.block_source = block_source(row);
    }
    changed
}

/// A person decides what becomes of a key that was blocked elsewhere: nobody knows why it was.
fn block_source(row: &Key) -> Option<String> {
    row.blocked.then(|| "staff".to_owned())
}

/// A key that is new here.
pub fn fresh(now: i64, row: &Key) -> licence_key::ActiveModel {
    let [f1, f2, f3, f4, f5, f6, f7, f8] = row.features;
    licence_key::ActiveModel {
        id: row.global_id.map_or(NotSet, Set),
        product_id: Set(row.product),
        number: Set(row.number),
        key_text: Set(row.text.clone()),
        key_lookup: Set(row.lookup()),
        customer_id: Set(row.customer),
        created_at: Set(row.created.unwrap_or(now)),
        expires_at: Set(row.expires),
        extended_until: Set(None),
        period_days: Set(row.period),
        f1: Set(f1),
        f2: Set(f2),
        f3: Set(f3),
        f4: Set(f4),
        f5: Set(f5),
        f6: Set(f6),
        f7: Set(f7),
        f8: Set(f8),
        max_machines: Set(row.max_machines),
        allowed_machines: Set(row.allowed_machines.clone()),
        trial_activation: Set(row.trial_activation),
        first_activated_at: Set(row.machines.iter().filter_map(|machine| machine.time).min()),
        trial_machine: Set(None),
        reseller_id: Set(None),
        replaces: Set(None),
        notice_sent_for: Set(None),
        blocked: Set(row.blocked),
        block_source: Set(block_source(row)),
        notes: Set(row.notes.clone()),
        source: Set("import".to_owned()),
        version: Set(1),
        updated_at: Set(now),
    }
}
