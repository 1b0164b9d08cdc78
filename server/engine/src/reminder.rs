//! When a customer is reminded of something that is to come, or that went wrong.
//!
//! Days are whole days of the vendor's calendar: a reminder belongs to a day and is sent on that day or not at all.
//! So nothing is made up for that a server which was down has missed, or that passed before reminders were switched
//! on.

use chrono_tz::Tz;
use latchkey_shared::time::Timestamp;

use crate::period::days_until;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// When it happens, or happened.
    pub at: Timestamp,
    /// When the contract began.
    pub began: Timestamp,
    /// How many days lie between two of its kind, or in the whole trial; `None` where nothing comes again.
    pub length: Option<i64>,
}

/// Which of `days` before the occasion is today. None comes earlier than halfway to it, and none on the day on which the
/// contract began: whoever just bought is not reminded.
pub fn before(occasion: &Occasion, days: &[i64], now: Timestamp, zone: Tz) -> Option<i64> {
    let left = days_until(now, occasion.at, zone);
    let early = occasion.length.is_some_and(|length| left.saturating_mul(2) > length);
    let just_begun = days_until(now, occasion.began, zone) >= 0;
    (days.contains(&left) && !early && !just_begun).then_some(left)
}

/// Which of `days` after the occasion is today.
pub fn after(occasion: &Occasion, days: &[i64], now: Timestamp, zone: Tz) -> Option<i64> {
    let passed = -days_until(now, occasion.at, zone);
    // On the day itself, not before its time.
    (days.contains(&passed) && occasion.at <= now).then_some(passed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn occasion() -> Occasion {
        Occasion { at: at("2026-12-10T15:00:00Z"), began: at("2026-11-10T15:00:00Z"), length: Some(30) }
    }

    #[test]
    fn a_reminder_belongs_to_its_day() {
        for (now, then, since) in [
            ("2026-12-02T23:59:59Z", None, None),
            ("2026-12-03T00:00:00Z", Some(7), None),
            ("2026-12-03T23:59:59Z", Some(7), None),
            ("2026-12-04T00:00:00Z", None, None),
            ("2026-12-07T12:00:00Z", Some(3), None),
            ("2026-12-10T00:00:00Z", Some(0), None),
            ("2026-12-10T15:00:00Z", Some(0), Some(0)),
            ("2026-12-11T00:00:00Z", None, None),
            ("2026-12-13T00:00:00Z", None, Some(3)),
            ("2026-12-17T23:00:00Z", None, Some(7)),
            ("2026-12-18T00:00:00Z", None, None),
        ] {
            let now_then = (before(&occasion(), &[7, 3, 0], at(now), Tz::UTC), then);
            assert_eq!(now_then.0, now_then.1, "before, at {now}");
            assert_eq!(after(&occasion(), &[0, 3, 7], at(now), Tz::UTC), since, "after, at {now}");
        }
        assert_eq!(before(&occasion(), &[], at("2026-12-10T00:00:00Z"), Tz::UTC), None);
    }

    #[test]
    fn days_are_those_of_the_vendors_time_zone() {
        // 15:00 UTC is the next day in Auckland, and so is 11:00 UTC the day before.
        let now = at("2026-12-07T11:00:00Z");
        assert_eq!(before(&occasion(), &[3], now, Tz::Pacific__Auckland), Some(3));
        assert_eq!(before(&occasion(), &[3], at("2026-12-07T10:59:59Z"), Tz::Pacific__Auckland), None);
        assert_eq!(before(&occasion(), &[3], now, Tz::UTC), Some(3));
        assert_eq!(before(&occasion(), &[3], at("2026-12-07T00:30:00Z"), Tz::America__New_York), None);
    }

    #[test]
    fn whoever_just_bought_is_not_reminded() {
        let week = Occasion { at: at("2026-11-17T15:00:00Z"), length: Some(7), ..occasion() };
        assert_eq!(before(&week, &[7, 3, 0], at("2026-11-10T16:00:00Z"), Tz::UTC), None, "the day it began");
        assert_eq!(before(&week, &[6], at("2026-11-11T16:00:00Z"), Tz::UTC), None, "before halfway");
        assert_eq!(before(&week, &[7, 3, 0], at("2026-11-14T16:00:00Z"), Tz::UTC), Some(3));
        let day = Occasion { at: at("2026-11-11T15:00:00Z"), length: Some(1), ..occasion() };
        assert_eq!(before(&day, &[7, 3, 0], at("2026-11-11T01:00:00Z"), Tz::UTC), Some(0));
        let same_day = Occasion { at: at("2026-11-10T18:00:00Z"), length: None, ..occasion() };
        assert_eq!(before(&same_day, &[0], at("2026-11-10T16:00:00Z"), Tz::UTC), None);
    }

    proptest! {
        #[test]
        fn looking_hourly_finds_every_day_once(minute in 0_i64..60, hour in 0_i64..24, zone in 0_usize..5) {
            let zone =
                [Tz::UTC, Tz::Europe__Berlin, Tz::Pacific__Auckland, Tz::America__New_York, Tz::Asia__Kolkata][zone];
            let start = at("2026-10-01T00:00:00Z").plus_millis(minute * 60_000);
            let moment = start.plus_millis(40 * DAY + hour * HOUR);
            let occasion = Occasion { at: moment, began: start.plus_millis(-DAY), length: Some(365) };
            let look = |find: &dyn Fn(Timestamp) -> Option<i64>| {
                let mut found: Vec<i64> = (0..60 * 24).filter_map(|hour| find(start.plus_millis(hour * HOUR))).collect();
                found.dedup();
                found
            };
            prop_assert_eq!(look(&|now| before(&occasion, &[7, 3, 0], now, zone)), vec![7, 3, 0]);
            prop_assert_eq!(look(&|now| after(&occasion, &[1, 3, 7], now, zone)), vec![1, 3, 7]);
        }
    }
}
