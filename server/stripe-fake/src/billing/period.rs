//! Billing periods, counted from an anchor so that the 31st comes back after February.

use chrono::{DateTime, Months};
use serde_json::Value;

/// The moment `steps` intervals after `anchor` (seconds since 1970).
fn after(anchor: i64, interval: &str, steps: i64) -> i64 {
    let months = |count: i64| {
        let months = Months::new(u32::try_from(count).unwrap_or(u32::MAX));
        let moved = DateTime::from_timestamp(anchor, 0).and_then(|time| time.checked_add_months(months));
        moved.map_or(i64::MAX, |time| time.timestamp())
    };
    match interval {
        "day" => anchor + steps * 86_400,
        "week" => anchor + steps * 7 * 86_400,
        "year" => months(steps * 12),
        _ => months(steps),
    }
}

/// The first end of a period of `price` after `start`, for a cycle that is counted from `anchor`.
pub(crate) fn period_end(anchor: i64, start: i64, price: &Value) -> i64 {
    let interval = price["recurring"]["interval"].as_str().unwrap_or("month");
    let count = price["recurring"]["interval_count"].as_i64().unwrap_or(1).max(1);
    let ends = (1..).map(|step| after(anchor, interval, step * count));
    let mut later = ends.skip_while(|end| *end <= start);
    later.next().unwrap_or(i64::MAX)
}

/// Whether two prices are charged in the same rhythm.
pub(crate) fn same_rhythm(one: &Value, other: &Value) -> bool {
    ["interval", "interval_count"].iter().all(|name| one["recurring"][*name] == other["recurring"][*name])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn day(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(&format!("{text}T12:00:00Z")).unwrap().timestamp()
    }

    #[test]
    fn months_are_counted_from_the_anchor() {
        let monthly = json!({"recurring": {"interval": "month", "interval_count": 1}});
        let anchor = day("2026-01-31");
        let first = period_end(anchor, anchor, &monthly);
        assert_eq!(first, day("2026-02-28"));
        assert_eq!(period_end(anchor, first, &monthly), day("2026-03-31"));
    }

    #[test]
    fn every_interval_is_known() {
        let end = |interval: &str, count: i64| {
            let price = json!({"recurring": {"interval": interval, "interval_count": count}});
            period_end(day("2026-05-10"), day("2026-05-10"), &price)
        };
        assert_eq!(end("day", 3), day("2026-05-13"));
        assert_eq!(end("week", 2), day("2026-05-24"));
        assert_eq!(end("month", 3), day("2026-08-10"));
        assert_eq!(end("year", 1), day("2027-05-10"));
    }
}
