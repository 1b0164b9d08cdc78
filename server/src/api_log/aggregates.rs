//! Calls per day, counted from the log.

use std::collections::{BTreeMap, HashSet};

use latchkey_store::api_log::Call;

use crate::clock::DAY;

/// What happened on one day for one product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// When it began, UTC.
    pub begins: i64,
    pub product: Option<i64>,
    pub calls: i64,
    pub succeeded: i64,
    pub keys: usize,
    pub machines: usize,
}

/// The days of `calls`, the oldest first.
pub fn by_day(calls: Vec<Call>) -> Vec<Day> {
    #[derive(Default)]
    struct Counted {
        calls: i64,
        succeeded: i64,
        keys: HashSet<i64>,
        machines: HashSet<String>,
    }
    let mut days: BTreeMap<(i64, Option<i64>), Counted> = BTreeMap::new();
    for (product, at, key, machine, succeeded) in calls {
        let day = days.entry((at - at.rem_euclid(DAY), product)).or_default();
        day.calls += 1;
        day.succeeded += i64::from(succeeded);
        day.keys.extend(key);
        if !machine.is_empty() {
            day.machines.insert(machine);
        }
    }
    days.into_iter()
        .map(|((begins, product), day)| Day {
            begins,
            product,
            calls: day.calls,
            succeeded: day.succeeded,
            keys: day.keys.len(),
            machines: day.machines.len(),
        })
        .collect()
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
            calls,
            succeeded,
            keys,
            machines,
        };
        assert_eq!(days, [expected(DAY, 2, 1, 1, 2), expected(2 * DAY, 1, 1, 1, 1)]);
    }
}
