//! Writing the world down and reading it back, for a demo that is stopped and started again.

use super::{Delivery, Store, World};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What is worth keeping. Answers kept for idempotency keys are not.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    account_id: String,
    origin: String,
    now_ms: i64,
    objects: Vec<Value>,
    chaos: crate::Chaos,
    denied: BTreeMap<String, BTreeSet<String>>,
    deliveries: Vec<Delivery>,
    next_invoice_number: u64,
    next_delivery: u64,
}

impl World {
    pub(crate) fn snapshot(&self) -> Value {
        let snapshot = Snapshot {
            account_id: self.account_id.clone(),
            origin: self.origin.clone(),
            now_ms: self.clock.now_ms(),
            objects: self.store.in_order_of_insertion().cloned().collect(),
            chaos: self.chaos.clone(),
            denied: self.denied.iter().map(|(key, denied)| (key.clone(), denied.clone())).collect(),
            deliveries: self.deliveries.clone(),
            next_invoice_number: self.next_invoice_number,
            next_delivery: self.next_delivery,
        };
        serde_json::to_value(snapshot).unwrap_or_default()
    }

    /// Replaces everything with what was written down. Time goes on from the later of both times.
    pub(crate) fn restore(&mut self, snapshot: Value) -> Result<(), serde_json::Error> {
        let snapshot: Snapshot = serde_json::from_value(snapshot)?;
        self.clock.move_to(snapshot.now_ms);
        let now = self.now();
        self.store = Store::default();
        for object in snapshot.objects {
            self.store.insert(object, now);
        }
        self.account_id = snapshot.account_id;
        let here = std::mem::replace(&mut self.origin, snapshot.origin);
        self.move_to(&here);
        self.chaos = snapshot.chaos;
        self.denied = snapshot.denied.into_iter().collect();
        self.deliveries = snapshot.deliveries;
        for delivery in &mut self.deliveries {
            delivery.in_flight = false;
        }
        self.next_invoice_number = snapshot.next_invoice_number;
        self.next_delivery = snapshot.next_delivery;
        self.kept_answers.clear();
        Ok(())
    }

    /// Makes `origin` the place where hosted pages are reached, also in links made before.
    pub(crate) fn move_to(&mut self, origin: &str) {
        let before = std::mem::replace(&mut self.origin, origin.to_owned());
        if before != origin {
            self.store.rewrite(|object| move_links(object, &format!("{before}/"), &format!("{origin}/")));
        }
    }
}

fn move_links(value: &mut Value, before: &str, after: &str) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix(before) {
                *text = format!("{after}{rest}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_links(item, before, after)),
        Value::Object(fields) => fields.values_mut().for_each(|field| move_links(field, before, after)),
        _ => {}
    }
}
