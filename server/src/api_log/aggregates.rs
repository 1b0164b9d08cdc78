//! Calls counted from the log: per day, per day and country, per half hour and machine.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::BuildHasher,
};

use latchkey_store::api_log::{Call, Numbered};

use crate::clock::{DAY, MINUTE};

/// How long a bucket of activity is.
const BUCKET: i64 = 30 * MINUTE;

/// What happened on one day for one product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// When it began, UTC.
    pub begins: i64,
    pub product: Option<i64>,
    /// Of the customers whose keys were called for, two letters; empty where it is not known.
    pub country: String,
    pub calls: i64,
    pub succeeded: i64,
    pub keys: usize,
    pub machines: usize,
}

/// The days of `calls`, the oldest first.
pub fn by_day(calls: Vec<Call>) -> Vec<Day> {
    counted(calls, |_| String::new())
}

/// The days of `calls` by the country of the key's customer.
pub fn by_day_and_country(calls: Vec<Call>, countries: &HashMap<i64, String, impl BuildHasher>) -> Vec<Day> {
    counted(calls, |key| key.and_then(|key| countries.get(&key)).cloned().unwrap_or_default())
}

fn counted(calls: Vec<Call>, country: impl Fn(Option<i64>) -> String) -> Vec<Day> {
    #[derive(Default)]
    struct Counted {
        calls: i64,
        succeeded: i64,
        keys: HashSet<i64>,
        machines: HashSet<String>,
    }
    let mut days: BTreeMap<(i64, Option<i64>, String), Counted> = BTreeMap::new();
    for (product, at, key, machine, succeeded) in calls {
        let day = days.entry((at - at.rem_euclid(DAY), product, country(key))).or_default();
        day.calls += 1;
        day.succeeded += i64::from(succeeded);
        day.keys.extend(key);
        if !machine.is_empty() {
            day.machines.insert(machine);
        }
    }
    days.into_iter()
        .map(|((begins, product, country), day)| Day {
            begins,
            product,
            country,
            calls: day.calls,
            succeeded: day.succeeded,
            keys: day.keys.len(),
            machines: day.machines.len(),
        })
        .collect()
}

/// What a machine did with a key in half an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Of its first call.
    pub id: i64,
    pub begins: i64,
    pub key: i64,
    pub machine: String,
    pub first: i64,
    pub last: i64,
    pub calls: i64,
    pub succeeded: i64,
}

/// The half hours of `calls` for keys, in the order of their first calls.
pub fn by_half_hour(calls: Vec<Numbered>) -> Vec<Bucket> {
    let mut buckets: HashMap<(i64, i64, String), Bucket> = HashMap::new();
    for (id, at, key, machine, succeeded) in calls {
        let Some(key) = key else { continue };
        let begins = at - at.rem_euclid(BUCKET);
        let bucket = buckets.entry((begins, key, machine.clone())).or_insert_with(|| Bucket {
            id,
            begins,
            key,
            machine,
            first: at,
            ..Bucket::default()
        });
        bucket.last = at;
        bucket.calls += 1;
        bucket.succeeded += i64::from(succeeded);
    }
    let mut buckets: Vec<Bucket> = buckets.into_values().collect();
    buckets.sort_by_key(|bucket| bucket.id);
    buckets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_calls_keys_and_machines() {
        let call = |at, key, machine: &str, ok| (Some(1), at, Some(key), machine.to_owned(), ok);
        let days = by_day(vec![
            call(DAY, 1, "a", true),
            call(DAY + 5, 1, "b", false),
            call(3 * DAY - 1, 2, "a", true),
        ]);
        let expected = |begins, calls, succeeded, keys, machines| Day {
            begins,
            product: Some(1),
            country: String::new(),
            calls,
            succeeded,
            keys,
            machines,
        };
        assert_eq!(days, [expected(DAY, 2, 1, 1, 2), expected(2 * DAY, 1, 1, 1, 1)]);
    }

    #[test]
    fn countries_are_told_apart() {
        let call = |key| (Some(1), DAY, Some(key), String::new(), true);
        let countries = HashMap::from([(1, "SE".to_owned())]);
        let days = by_day_and_country(vec![call(1), call(2), call(1)], &countries);
        let counted: Vec<_> = days.iter().map(|day| (day.country.as_str(), day.calls)).collect();
        assert_eq!(counted, [("", 1), ("SE", 2)]);
    }

    #[test]
    fn half_hours_by_key_and_machine() {
        let call = |id, at, machine: &str, ok| (id, at, Some(7), machine.to_owned(), ok);
        let buckets = by_half_hour(vec![
            call(1, BUCKET, "a", true),
            call(2, BUCKET + 5, "b", true),
            call(3, 2 * BUCKET - 1, "a", false),
            call(4, 2 * BUCKET, "a", true),
            (5, 2 * BUCKET, None, String::new(), true),
        ]);
        let told: Vec<_> =
            buckets.iter().map(|it| (it.id, it.begins, it.calls, it.succeeded, it.last)).collect();
        assert_eq!(
            told,
            [
                (1, BUCKET, 2, 1, 2 * BUCKET - 1),
                (2, BUCKET, 1, 1, BUCKET + 5),
                (4, 2 * BUCKET, 1, 1, 2 * BUCKET)
            ]
        );
    }
}
