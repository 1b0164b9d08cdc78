use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Date;
use super::civil::take_digits;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, years 0000 to 9999.
///
/// In the database the number, in JSON RFC 3339 with `Z` and milliseconds: `2026-12-31T23:59:59.000Z`.
/// Every constructor and every sum is held inside the range, so that each value can be written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct Timestamp(i64);

/// The text is not a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeError;

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write a time as RFC 3339, for example 2026-12-31T12:00:00Z.")
    }
}

impl std::error::Error for TimeError {}

impl Timestamp {
    /// 0000-01-01T00:00:00.000Z.
    pub const MIN: Self = Self(-62_167_219_200_000);
    /// 9999-12-31T23:59:59.999Z.
    pub const MAX: Self = Self(253_402_300_799_999);

    pub const fn from_millis(millis: i64) -> Self {
        if millis < Self::MIN.0 {
            Self::MIN
        } else if millis > Self::MAX.0 {
            Self::MAX
        } else {
            Self(millis)
        }
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    /// From whole seconds since 1970, as Stripe and the licence wire write times.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self::from_millis(seconds.saturating_mul(1_000))
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Midnight UTC at the beginning of a day.
    pub fn from_utc_date(date: Date) -> Self {
        Self::from_millis(date.days_since_1970() * MILLIS_PER_DAY)
    }

    /// The day in UTC. What day it is for the vendor, `engine::period` knows.
    pub fn utc_date(self) -> Date {
        Date::from_days_since_1970(self.0.div_euclid(MILLIS_PER_DAY))
    }

    /// Milliseconds since midnight UTC, 0 to 86,399,999.
    pub const fn millis_of_utc_day(self) -> i64 {
        self.0.rem_euclid(MILLIS_PER_DAY)
    }

    pub const fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(1_000))
    }

    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_millis(minutes.saturating_mul(60_000))
    }

    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus_millis(hours.saturating_mul(3_600_000))
    }

    /// Days of 24 hours. A day of a plan is a calendar day instead: `engine::period::add`.
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(MILLIS_PER_DAY))
    }

    /// Milliseconds from `earlier` to `self`; negative if `self` comes first.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Whole seconds from `earlier` to `self`, rounded down.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.millis_since(earlier).div_euclid(1_000)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.millis_of_utc_day();
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
        let (second, milli) = (rest / 1_000 % 60, rest % 1_000);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z", self.utc_date())
    }
}

/// RFC 3339 with any offset; digits after the milliseconds are dropped, `t`, `z` and a space for `T` are
/// taken too. A leap second is read as the second after it.
impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse(text).ok_or(TimeError)
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let rest = text[10..].strip_prefix(['T', 't', ' '])?;
    let (hour, rest) = take_digits(rest, 2)?;
    let (minute, rest) = take_digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = take_digits(rest.strip_prefix(':')?, 2)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (milli, rest) = match rest.strip_prefix('.') {
        Some(fraction) => fraction_millis(fraction)?,
        None => (0, rest),
    };
    let offset_minutes = offset(rest)?;
    let of_day = i64::from(hour) * 3_600_000 + i64::from(minute) * 60_000 + i64::from(second) * 1_000 + milli;
    let local = date.days_since_1970() * MILLIS_PER_DAY + of_day;
    let utc = local - offset_minutes * 60_000;
    (Timestamp::MIN.0..=Timestamp::MAX.0).contains(&utc).then_some(Timestamp(utc))
}

/// Digits after the point as milliseconds, and what follows them.
fn fraction_millis(text: &str) -> Option<(i64, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 {
        return None;
    }
    let digit = |index: usize| text.as_bytes()[..len].get(index).map_or(0, |byte| i64::from(byte - b'0'));
    Some((digit(0) * 100 + digit(1) * 10 + digit(2), &text[len..]))
}

/// Minutes east of UTC.
fn offset(text: &str) -> Option<i64> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let sign = match text.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = take_digits(&text[1..], 2)?;
    let (minutes, rest) = take_digits(rest.strip_prefix(':')?, 2)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    Some(sign * (i64::from(hours) * 60 + i64::from(minutes)))
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn millis(text: &str) -> Option<i64> {
        text.parse::<Timestamp>().ok().map(Timestamp::millis)
    }

    #[test]
    fn rfc_3339_in_its_spellings() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:01.5z", 1_500),
            ("1970-01-01 00:00:00.0019Z", 1),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T19:30:00-04:30", 0),
            ("2026-12-31T23:59:59.999Z", 1_798_761_599_999),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ] {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-12-31",
            "2026-12-31T24:00:00Z",
            "2026-12-31T12:60:00Z",
            "2026-12-31T12:00:61Z",
            "2026-12-31T12:00:00",
            "2026-12-31T12:00:00.Z",
            "2026-12-31T12:00Z",
            "2026-02-30T12:00:00Z",
            "2026-12-31T12:00:00+0100",
            "2026-12-31T12:00:00Zjunk",
            "0000-01-01T00:00:00+01:00",
            "2026-12-3é12:00:00Z",
        ] {
            assert_eq!(millis(text), None, "{text}");
        }
    }

    #[test]
    fn sums_stay_in_range() {
        assert_eq!(Timestamp::MAX.plus_days(1), Timestamp::MAX);
        assert_eq!(Timestamp::MIN.plus_millis(i64::MIN), Timestamp::MIN);
        assert_eq!(Timestamp::from_seconds(i64::MAX), Timestamp::MAX);
        assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00.000Z");
        assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(-1).seconds(), -1);
    }

    proptest! {
        #[test]
        fn written_and_read_back(value in Timestamp::MIN.0..=Timestamp::MAX.0) {
            let time = Timestamp::from_millis(value);
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), time);
        }

        #[test]
        fn text_order_is_time_order(a in Timestamp::MIN.0..=Timestamp::MAX.0, b in Timestamp::MIN.0..=Timestamp::MAX.0) {
            let (a, b) = (Timestamp(a), Timestamp(b));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
