//! Days, months and years in the vendor's time zone.
//!
//! A plan's day is a calendar day there, not 24 hours: what begins at 9:00 ends at 9:00, also across a change
//! of the clocks. A local time that such a change leaves out counts as if the clock had not been changed yet
//! (2:30 is 3:30); one that comes twice means the first.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
pub use chrono_tz::Tz;
use latchkey_shared::time::{Date, DurationUnit, PlanDuration, Timestamp};

const MILLIS_PER_HOUR: i64 = 3_600_000;
const MILLIS_PER_DAY: i64 = 24 * MILLIS_PER_HOUR;

/// The time zone of an IANA name such as `Europe/Berlin`.
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// All IANA names, for a select field.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
}

/// What day it is at `time` in `zone`.
pub fn local_date(time: Timestamp, zone: Tz) -> Date {
    Date::from_days_since_1970(local_millis(time, zone).div_euclid(MILLIS_PER_DAY))
}

/// The first instant of a day.
pub fn start_of_day(date: Date, zone: Tz) -> Timestamp {
    let local = date.days_since_1970() * MILLIS_PER_DAY;
    match zone.offset_from_local_datetime(&naive(local)) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            Timestamp::from_millis(local - millis(&offset))
        }
        // Midnight is left out, so the day begins at the change itself, at or before the shifted midnight.
        MappedLocalTime::None => first_instant_of(date, Timestamp::from_millis(after_gap(local, zone)), zone),
    }
}

/// The last millisecond of a day: when something ends that is paid "until 31 December".
pub fn end_of_day(date: Date, zone: Tz) -> Timestamp {
    start_of_day(date.plus_days(1), zone).plus_millis(-1)
}

/// `start` plus a plan's length.
pub fn add(start: Timestamp, duration: PlanDuration, zone: Tz) -> Timestamp {
    nth(start, duration, 1, zone)
}

/// The end of the `count`th period of a contract that began at `anchor`.
///
/// Counted from the beginning and not from one end to the next, so that what began on 31 January renews on
/// 28 February, 31 March and 30 April.
pub fn nth(anchor: Timestamp, duration: PlanDuration, count: u32, zone: Tz) -> Timestamp {
    let local = local_millis(anchor, zone);
    let date = Date::from_days_since_1970(local.div_euclid(MILLIS_PER_DAY));
    let units = i64::from(duration.count) * i64::from(count);
    let date = match duration.unit {
        DurationUnit::Days => date.plus_days(units),
        DurationUnit::Months => date.plus_months(units),
        DurationUnit::Years => date.plus_months(units.saturating_mul(12)),
    };
    at_local(date, local.rem_euclid(MILLIS_PER_DAY), zone)
}

/// `time` moved by calendar days (backwards, if negative), at the same time of day.
pub fn add_days(time: Timestamp, days: i64, zone: Tz) -> Timestamp {
    let local = local_millis(time, zone);
    let date = Date::from_days_since_1970(local.div_euclid(MILLIS_PER_DAY)).plus_days(days);
    at_local(date, local.rem_euclid(MILLIS_PER_DAY), zone)
}

/// Calendar days from now until then: 0 today, 1 tomorrow, negative in the past.
pub fn days_until(now: Timestamp, then: Timestamp, zone: Tz) -> i64 {
    local_date(then, zone).days_since_1970() - local_date(now, zone).days_since_1970()
}

/// A local date and time of day as an instant.
fn at_local(date: Date, millis_of_day: i64, zone: Tz) -> Timestamp {
    let local = date.days_since_1970() * MILLIS_PER_DAY + millis_of_day;
    match zone.offset_from_local_datetime(&naive(local)) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            Timestamp::from_millis(local - millis(&offset))
        }
        MappedLocalTime::None => Timestamp::from_millis(after_gap(local, zone)),
    }
}

/// UTC milliseconds of a local time that the clocks leave out, by the offset from before the change.
fn after_gap(local: i64, zone: Tz) -> i64 {
    // The longest gap ever was a day, when Samoa crossed the date line.
    let before = (1..=25).find_map(|hours| {
        match zone.offset_from_local_datetime(&naive(local - hours * MILLIS_PER_HOUR)) {
            MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(_, offset) => Some(millis(&offset)),
            MappedLocalTime::None => None,
        }
    });
    local - before.unwrap_or(0)
}

/// The first instant whose local date is `date` or later; `known` is one, and no clock goes back in the day
/// before it.
fn first_instant_of(date: Date, known: Timestamp, zone: Tz) -> Timestamp {
    let (mut before, mut reached) = (known.plus_days(-1), known);
    while reached.millis_since(before) > 1 {
        let middle = before.plus_millis(reached.millis_since(before) / 2);
        if local_date(middle, zone) < date { before = middle } else { reached = middle }
    }
    reached
}

/// Milliseconds since 1970 as the local clock would count them.
fn local_millis(time: Timestamp, zone: Tz) -> i64 {
    let offset = zone.offset_from_utc_datetime(&naive(time.millis()));
    time.millis() + millis(&offset)
}

fn millis(offset: &impl Offset) -> i64 {
    i64::from(offset.fix().local_minus_utc()) * 1_000
}

/// Always inside chrono's range, since timestamps stay inside the years 0 to 9999.
fn naive(millis: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn tz(name: &str) -> Tz {
        zone(name).unwrap()
    }

    fn duration(count: u32, unit: DurationUnit) -> PlanDuration {
        PlanDuration::new(count, unit).unwrap()
    }

    #[test]
    fn months_end_on_their_last_day() {
        let month = duration(1, DurationUnit::Months);
        let start = at("2026-01-31T10:00:00Z");
        let ends: Vec<_> = (1..=4).map(|count| nth(start, month, count, Tz::UTC).to_string()).collect();
        assert_eq!(
            ends,
            [
                "2026-02-28T10:00:00.000Z",
                "2026-03-31T10:00:00.000Z",
                "2026-04-30T10:00:00.000Z",
                "2026-05-31T10:00:00.000Z"
            ]
        );
    }

    #[test]
    fn a_leap_day_renews_on_28_february_and_again_on_the_29th() {
        let year = duration(1, DurationUnit::Years);
        let start = at("2024-02-29T00:00:00Z");
        assert_eq!(nth(start, year, 1, Tz::UTC), at("2025-02-28T00:00:00Z"));
        assert_eq!(nth(start, year, 4, Tz::UTC), at("2028-02-29T00:00:00Z"));
    }

    #[test]
    fn the_time_of_day_survives_a_change_of_the_clocks() {
        let berlin = tz("Europe/Berlin");
        let month = duration(1, DurationUnit::Months);
        // 9:00 in winter (UTC+1) and in summer (UTC+2).
        assert_eq!(add(at("2026-03-15T08:00:00Z"), month, berlin), at("2026-04-15T07:00:00Z"));
        assert_eq!(add(at("2026-10-15T07:00:00Z"), month, berlin), at("2026-11-15T08:00:00Z"));
    }

    #[test]
    fn a_time_that_is_left_out_or_comes_twice() {
        let berlin = tz("Europe/Berlin");
        let day = duration(1, DurationUnit::Days);
        // 29 March 2026: 2:00 becomes 3:00. 2:30 the day before is 1:30 UTC.
        assert_eq!(add(at("2026-03-28T01:30:00Z"), day, berlin), at("2026-03-29T01:30:00Z"));
        // 25 October 2026: 3:00 becomes 2:00; 2:30 comes twice, first at 0:30 UTC.
        assert_eq!(add(at("2026-10-24T00:30:00Z"), day, berlin), at("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn days_in_zones_where_midnight_is_left_out() {
        for (name, day, start) in [
            ("Europe/Berlin", "2026-06-01", "2026-05-31T22:00:00Z"),
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
            ("Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00Z"),
            ("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"),
            ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
            // Here the clocks jumped from 23:30 to 0:30.
            ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"),
        ] {
            assert_eq!(start_of_day(day.parse().unwrap(), tz(name)), at(start), "{name} {day}");
        }
    }

    #[test]
    fn a_day_ends_a_millisecond_before_the_next() {
        let berlin = tz("Europe/Berlin");
        let new_year = end_of_day("2026-12-31".parse().unwrap(), berlin);
        assert_eq!(new_year, at("2026-12-31T22:59:59.999Z"));
        assert_eq!(local_date(new_year, berlin).to_string(), "2026-12-31");
    }

    #[test]
    fn days_until_renewal_are_calendar_days() {
        let berlin = tz("Europe/Berlin");
        let late = at("2026-06-01T21:30:00Z");
        assert_eq!(days_until(late, at("2026-06-01T22:30:00Z"), berlin), 1, "an hour later it is tomorrow");
        assert_eq!(days_until(late, late, berlin), 0);
        assert_eq!(days_until(late, at("2026-05-30T12:00:00Z"), berlin), -2);
    }

    #[test]
    fn time_zones_by_name() {
        assert!(zone("Europe/Atlantis").is_none());
        assert!(zone_names().any(|name| name == "America/Argentina/Buenos_Aires"));
    }

    fn any_zone() -> impl Strategy<Value = Tz> {
        prop::sample::select(&chrono_tz::TZ_VARIANTS[..])
    }

    fn any_duration() -> impl Strategy<Value = PlanDuration> {
        (1_u32..=100, prop::sample::select(&DurationUnit::ALL[..]))
            .prop_map(|(count, unit)| duration(count, unit))
    }

    // 1970 to 2090.
    const TIMES: std::ops::Range<i64> = 0..3_786_912_000_000;

    proptest! {
        #[test]
        fn a_period_has_a_length_and_later_starts_do_not_end_earlier_by_more_than_a_gap(
            start in TIMES, later in 0_i64..10_000_000_000, length in any_duration(), zone in any_zone(),
        ) {
            let (first, second) = (Timestamp::from_millis(start), Timestamp::from_millis(start + later));
            let end = add(first, length, zone);
            prop_assert!(end > first);
            let day = MILLIS_PER_DAY;
            prop_assert!(add(second, length, zone).millis() >= end.millis() - day);
        }

        #[test]
        fn periods_follow_one_another(start in TIMES, length in any_duration(), zone in any_zone(), count in 0_u32..20) {
            let start = Timestamp::from_millis(start);
            prop_assert!(nth(start, length, count + 1, zone) > nth(start, length, count, zone));
        }

        #[test]
        fn a_day_contains_exactly_its_own_instants(days in 0_i64..43_800, zone in any_zone()) {
            let date = Date::from_days_since_1970(days);
            let (start, end) = (start_of_day(date, zone), end_of_day(date, zone));
            prop_assert!(local_date(start.plus_millis(-1), zone) < date);
            // Days that a zone skipped altogether have no instants.
            if end > start {
                prop_assert_eq!(local_date(start, zone), date);
                prop_assert_eq!(local_date(end, zone), date);
            }
        }
    }
}
