//! Objects by id, and lists of each kind from newest to oldest.

use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// How long search lags behind, in seconds.
pub(crate) const SEARCH_LAG: i64 = 60;

/// All objects.
#[derive(Default)]
pub(crate) struct Store {
    rows: HashMap<String, Row>,
    /// Ids of each kind, oldest first.
    order: HashMap<String, Vec<Place>>,
    inserted: u64,
}

struct Row {
    object: Value,
    /// What search still finds; `None` for what it does not know yet.
    indexed: Option<Value>,
    changed_at: i64,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    created: i64,
    inserted: u64,
    id: String,
}

impl Store {
    pub(crate) fn get(&self, id: &str) -> Option<&Value> {
        self.rows.get(id).map(|row| &row.object)
    }

    /// Puts an object in, by its `created` time among its kind; what is deleted is in no list.
    pub(crate) fn insert(&mut self, object: Value, now: i64) {
        let (Some(id), Some(kind)) = (object["id"].as_str().map(str::to_owned), object["object"].as_str())
        else {
            return;
        };
        if object["deleted"] == true {
            self.rows.insert(id, Row { object, indexed: None, changed_at: now });
            return;
        }
        self.inserted += 1;
        let place = Place {
            created: object["created"].as_i64().unwrap_or(now),
            inserted: self.inserted,
            id: id.clone(),
        };
        let order = self.order.entry(kind.to_owned()).or_default();
        order.insert(order.partition_point(|other| *other < place), place);
        self.rows.insert(id, Row { object, indexed: None, changed_at: now });
    }

    pub(crate) fn change(&mut self, id: &str, now: i64, change: impl FnOnce(&mut Value)) {
        let Some(row) = self.rows.get_mut(id) else { return };
        let before = row.object.clone();
        change(&mut row.object);
        if row.changed_at + SEARCH_LAG <= now {
            row.indexed = Some(before);
        }
        row.changed_at = now;
    }

    /// Takes an object out of its list. What remains under the id is `stub`.
    pub(crate) fn replace_deleted(&mut self, id: &str, stub: Value, now: i64) {
        self.remove(id);
        self.insert(stub, now);
    }

    /// Forgets an object entirely.
    pub(crate) fn remove(&mut self, id: &str) {
        for order in self.order.values_mut() {
            order.retain(|place| place.id != id);
        }
        self.rows.remove(id);
    }

    /// All of one kind, newest first.
    pub(crate) fn newest_first(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Value> {
        let order = self.order.get(kind).map_or(&[][..], Vec::as_slice);
        order.iter().rev().filter_map(|place| self.get(&place.id))
    }

    /// Everything, as it has to be put in again.
    pub(crate) fn in_order_of_insertion(&self) -> impl Iterator<Item = &Value> {
        let mut places: Vec<&Place> = self.order.values().flatten().collect();
        places.sort_unstable_by_key(|place| place.inserted);
        let stubs = self.rows.values().map(|row| &row.object).filter(|object| object["deleted"] == true);
        places.into_iter().filter_map(|place| self.get(&place.id)).chain(stubs)
    }

    /// Changes every object, without counting it as a change.
    pub(crate) fn rewrite(&mut self, change: impl Fn(&mut Value)) {
        self.rows.values_mut().for_each(|row| change(&mut row.object));
    }

    /// Ids of one kind for which `keep` holds, oldest first.
    pub(crate) fn ids(&self, kind: &str, keep: impl Fn(&Value) -> bool) -> Vec<String> {
        let kept = self.newest_first(kind).rev().filter(|object| keep(object));
        kept.filter_map(|object| object["id"].as_str().map(str::to_owned)).collect()
    }

    /// How many there are of each kind.
    pub(crate) fn counts(&self) -> BTreeMap<&str, usize> {
        self.order.iter().map(|(kind, order)| (kind.as_str(), order.len())).collect()
    }

    /// Forgets everything but the objects of these kinds.
    pub(crate) fn retain_kinds(&mut self, kinds: &[&str]) {
        self.order.retain(|kind, _| kinds.contains(&kind.as_str()));
        self.rows.retain(|_, row| row.object["object"].as_str().is_some_and(|kind| kinds.contains(&kind)));
    }

    /// What search knows of one kind at `now`, newest first.
    pub(crate) fn indexed(&self, kind: &str, now: i64) -> impl Iterator<Item = &Value> {
        let order = self.order.get(kind).map_or(&[][..], Vec::as_slice);
        order.iter().rev().filter_map(move |place| {
            let row = self.rows.get(&place.id)?;
            if row.changed_at + SEARCH_LAG <= now { Some(&row.object) } else { row.indexed.as_ref() }
        })
    }
}
