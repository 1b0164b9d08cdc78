//! The product's data object `cryptolens_expirationnotice`: on which days before its expiry a customer is
//! reminded of a key, and whether when it is blocked for being over.

use latchkey_shared::time::Timestamp;

/// Where the data object says nothing.
pub const DEFAULT: [i64; 3] = [7, 3, 0];

const DAY: i64 = 86_400_000;
/// For how long a key that is blocked is news to its customer.
const LATEST_BLOCK: i64 = 7 * DAY;

/// What 0 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// The expiry itself.
    Expiry,
    /// That the hourly run blocks the key, whenever it does: of products that block keys that are over.
    Block,
}

/// Whether every part of a text is a day: what [`days`] would leave out is not there.
pub fn is_readable(text: &str) -> bool {
    text.split(',').all(|day| day.trim().parse::<i64>().is_ok_and(|day| (0..=365).contains(&day)))
}

/// Reads the text: days separated by commas, the most first; see [`Zero`]. What cannot be read is left out.
pub fn days(text: &str) -> Vec<i64> {
    if text.trim().is_empty() {
        return DEFAULT.to_vec();
    }
    let mut days: Vec<i64> = text
        .split(',')
        .filter_map(|day| day.trim().parse().ok())
        .filter(|day| (0..=365).contains(day))
        .collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days
}

/// The reminder that is due now, as the time at which it became due: the latest whose time has come, unless it
/// was sent (`sent` names the last one that was) or is more than a day late.
pub fn due(
    expires: Timestamp,
    (days, zero): (&[i64], Zero),
    sent: Option<i64>,
    now: Timestamp,
) -> Option<i64> {
    let counted = days.iter().filter(|day| **day > 0 || zero == Zero::Expiry);
    let times = counted.map(|day| expires.millis() - day * DAY);
    let latest = times.filter(|time| *time <= now.millis()).max()?;
    let late = now.millis() - latest > DAY;
    (!late && sent.is_none_or(|sent| sent < latest)).then_some(latest)
}

/// The reminder that goes with the block of a key that is over, as the time that it is about; `sent` as for [`due`].
/// Whose key is over for longer than a week is not told: where blocking is switched on, it blocks years of keys at once.
pub fn on_block(expires: Timestamp, days: &[i64], sent: Option<i64>, now: Timestamp) -> Option<i64> {
    let about = expires.millis();
    let late = now.millis() - about > LATEST_BLOCK;
    (days.contains(&0) && !late && sent.is_none_or(|sent| sent < about)).then_some(about)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_written_days_are_few_and_in_order(text in "[-0-9, x]{0,200}|\\PC{0,200}") {
            let days = days(&text);
            prop_assert!(days.iter().all(|day| (0..=365).contains(day)), "{days:?}");
            prop_assert!(days.windows(2).all(|pair| pair[0] > pair[1]), "{days:?}");
        }
    }

    #[test]
    fn days_as_vendors_write_them() {
        assert_eq!(days(""), DEFAULT);
        assert_eq!(days("0, 3,7,3"), [7, 3, 0]);
        assert_eq!(days("x,-1,30"), [30]);
    }

    #[test]
    fn only_days_can_be_read() {
        assert!(is_readable("0, 3,7") && is_readable("365"));
        for bad in ["", "3,", "-1", "366", "a week", "3;7"] {
            assert!(!is_readable(bad), "{bad}");
        }
    }

    #[test]
    fn each_reminder_is_sent_once_and_only_the_latest() {
        let at = |day: i64| Timestamp::from_millis(day * DAY);
        let (expires, days) = (at(100), ([7, 3, 0].as_slice(), Zero::Expiry));
        assert_eq!(due(expires, days, None, at(92)), None, "too early");
        let first = due(expires, days, None, at(93)).unwrap();
        assert_eq!(first, at(93).millis());
        assert_eq!(due(expires, days, Some(first), at(94)), None);
        assert_eq!(due(expires, days, None, at(95)), None, "two days late");
        assert_eq!(due(expires, days, Some(first), at(97)), Some(at(97).millis()));
        assert_eq!(due(expires, days, Some(at(97).millis()), at(100)), Some(at(100).millis()));
        let extended = at(200);
        assert_eq!(due(extended, days, Some(at(100).millis()), at(193)), Some(at(193).millis()));
    }

    #[test]
    fn zero_is_the_block_where_there_is_one_and_else_the_expiry() {
        // The text, whether the product blocks, what was sent (days before), the day, what is due by itself and what
        // goes with a block on that day.
        for (text, zero, sent, day, by_itself, with_block) in [
            ("0,3,7", Zero::Expiry, Some(3), 100, Some(0), Some(0)),
            ("0,3,7", Zero::Block, Some(3), 100, None, Some(0)),
            ("", Zero::Expiry, None, 100, Some(0), Some(0)),
            ("", Zero::Block, None, 100, None, Some(0)),
            ("0", Zero::Block, None, 93, None, Some(0)),
            ("0", Zero::Expiry, None, 93, None, Some(0)),
            ("0,3,7", Zero::Block, None, 97, Some(3), Some(0)),
            // The server slept: a day is over, a block is told of for a week.
            ("0,3,7", Zero::Expiry, None, 105, None, Some(0)),
            ("0,3,7", Zero::Block, None, 105, None, Some(0)),
            ("0,3,7", Zero::Block, None, 107, None, Some(0)),
            ("0,3,7", Zero::Block, None, 108, None, None),
            // Blocked again after staff unblocked it.
            ("0,3,7", Zero::Block, Some(0), 101, None, None),
            ("3,7", Zero::Expiry, Some(3), 100, None, None),
            ("3,7", Zero::Block, Some(3), 100, None, None),
        ] {
            let at = |before: i64| (100 - before) * DAY;
            let (expires, days) = (Timestamp::from_millis(at(0)), days(text));
            let now = Timestamp::from_millis(day * DAY);
            let case = format!("{text:?} {zero:?} {sent:?} on day {day}");
            assert_eq!(due(expires, (&days, zero), sent.map(at), now), by_itself.map(at), "{case}");
            assert_eq!(on_block(expires, &days, sent.map(at), now), with_block.map(at), "{case}");
        }
    }
}
