//! The last twelve months of the vendor.

use latchkey_engine::period::{Tz, local_date, start_of_day};
use latchkey_shared::time::{Date, Timestamp};

const MONTHS: i64 = 12;

/// Twelve months, the current one last.
pub struct Months {
    /// `2026-01`
    pub names: Vec<String>,
    /// The beginning of each, and the end of the last; milliseconds since 1970.
    pub starts: Vec<i64>,
}

impl Months {
    pub fn until(now: i64, zone: Tz) -> Self {
        let today = local_date(Timestamp::from_millis(now), zone);
        let first = today.plus_days(1 - i64::from(today.day()));
        let beginning = |ago: i64| first.plus_months(-ago);
        Self {
            names: (0..MONTHS).rev().map(|ago| name(beginning(ago))).collect(),
            starts: (-1..MONTHS).rev().map(|ago| start_of_day(beginning(ago), zone).millis()).collect(),
        }
    }
}

/// `2026-01`
pub fn name(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_the_vendors_and_twelve() {
        let zone: Tz = "Pacific/Auckland".parse().unwrap();
        let now = "2026-01-31T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        let months = Months::until(now, zone);
        assert_eq!((months.names.len(), months.starts.len()), (12, 13));
        assert_eq!((months.names[0].as_str(), months.names[11].as_str()), ("2025-03", "2026-02"));
        assert!(months.starts[11] <= now && now < months.starts[12]);
    }
}
