//! Months of the vendor: the last twelve, and those ahead.

use latchkey_engine::period::{Tz, local_date, start_of_day};
use latchkey_shared::time::{Date, Timestamp};

const MONTHS: i64 = 12;

/// Months one after the other.
pub struct Months {
    /// `2026-01`
    pub names: Vec<String>,
    /// The beginning of each, and the end of the last; milliseconds since 1970.
    pub starts: Vec<i64>,
}

impl Months {
    /// Twelve months, the current one last.
    pub fn until(now: i64, zone: Tz) -> Self {
        let this = first_day(now, zone);
        Self::count(this.plus_months(1 - MONTHS), MONTHS, zone)
    }

    /// The current month and those after it, up to the one of a later moment; twelve at most.
    pub fn from(now: i64, last: i64, zone: Tz) -> Self {
        let (this, last) = (first_day(now, zone), first_day(last, zone));
        let months = (1..MONTHS).find(|months| this.plus_months(*months) > last).unwrap_or(MONTHS);
        Self::count(this, months, zone)
    }

    fn count(first: Date, months: i64, zone: Tz) -> Self {
        let beginning = |month: i64| first.plus_months(month);
        Self {
            names: (0..months).map(|month| name(beginning(month))).collect(),
            starts: (0..=months).map(|month| start_of_day(beginning(month), zone).millis()).collect(),
        }
    }

    /// The same beginnings, but the last month ends now: for what says how things stand.
    pub fn starts_until(&self, now: i64) -> Vec<i64> {
        let mut starts = self.starts.clone();
        if let Some(end) = starts.last_mut() {
            *end = now + 1;
        }
        starts
    }
}

fn first_day(at: i64, zone: Tz) -> Date {
    let day = local_date(Timestamp::from_millis(at), zone);
    day.plus_days(1 - i64::from(day.day()))
}

fn name(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().millis()
    }

    #[test]
    fn months_are_the_vendors_and_twelve() {
        let zone: Tz = "Pacific/Auckland".parse().unwrap();
        let now = at("2026-01-31T12:00:00Z");
        let months = Months::until(now, zone);
        assert_eq!((months.names.len(), months.starts.len()), (12, 13));
        assert_eq!((months.names[0].as_str(), months.names[11].as_str()), ("2025-03", "2026-02"));
        assert!(months.starts[11] <= now && now < months.starts[12]);
        let so_far = months.starts_until(now);
        assert_eq!((so_far.len(), so_far[11], so_far[12]), (13, months.starts[11], now + 1));
    }

    #[test]
    fn months_ahead_begin_with_this_one() {
        let now = at("2026-11-30T12:00:00Z");
        let ahead = Months::from(now, at("2027-02-28T12:00:00Z"), Tz::UTC);
        assert_eq!(ahead.names, ["2026-11", "2026-12", "2027-01", "2027-02"]);
        assert_eq!(ahead.starts.len(), 5);
        assert_eq!(Months::from(now, now, Tz::UTC).names, ["2026-11"]);
    }
}
