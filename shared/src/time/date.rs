use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::civil::{civil_from_days, days_from_civil, days_in_month, take_digits};

/// A calendar day, years 0000 to 9999, written `2026-12-31`.
///
/// It has no time zone: which instants belong to it depends on whose day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields is the order of days.
    year: u16,
    month: u8,
    day: u8,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Date {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        let format = Some(SchemaFormat::KnownFormat(KnownFormat::Date));
        ObjectBuilder::new().schema_type(Type::String).format(format).into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Date {}

/// The text is not a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateError;

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write a day as year-month-day, for example 2026-12-31.")
    }
}

impl std::error::Error for DateError {}

impl Date {
    pub const MIN: Self = Self { year: 0, month: 1, day: 1 };
    pub const MAX: Self = Self { year: 9999, month: 12, day: 31 };

    /// `None` if there is no such day.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if year < 0 || year > 9999 || month < 1 || month > 12 {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        // Checked above to fit.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(Self { year: year as u16, month, day })
    }

    /// The day that many days after (before, if negative) 1970-01-01, held inside the years 0000 to 9999.
    pub fn from_days_since_1970(days: i64) -> Self {
        let days = days.clamp(Self::MIN.days_since_1970(), Self::MAX.days_since_1970());
        let (year, month, day) = civil_from_days(days);
        let narrow = |value: i64| u8::try_from(value).unwrap_or(1);
        Self { year: u16::try_from(year).unwrap_or(0), month: narrow(month), day: narrow(day) }
    }

    pub fn days_since_1970(self) -> i64 {
        days_from_civil(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day `days` later, or earlier if negative; held inside the years 0000 to 9999.
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days_since_1970(self.days_since_1970().saturating_add(days))
    }

    /// The same day of the month `months` later, or the month's last day where it is shorter:
    /// 31 January plus one month is 28 or 29 February. Held inside the years 0000 to 9999.
    pub fn plus_months(self, months: i64) -> Self {
        let total = (i64::from(self.year) * 12 + i64::from(self.month) - 1).saturating_add(months);
        let year = total.div_euclid(12);
        if year < 0 {
            return Self::MIN;
        }
        let (Ok(year), Ok(month)) = (i32::try_from(year), u8::try_from(total.rem_euclid(12) + 1)) else {
            return Self::MAX;
        };
        Self::new(year, month, self.day.min(days_in_month(year, month))).unwrap_or(Self::MAX)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parts = || {
            let (year, rest) = take_digits(text, 4)?;
            let (month, rest) = take_digits(rest.strip_prefix('-')?, 2)?;
            let (day, rest) = take_digits(rest.strip_prefix('-')?, 2)?;
            let date =
                Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
            rest.is_empty().then_some(date)
        };
        parts().ok_or(DateError)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for text in ["2026-12-31", "2024-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-00-10",
            "2025-02-29",
            "2026-04-31",
            "2026-1-1",
            "26-01-01",
            "2026-01-011",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError), "{text}");
        }
        assert!("2026-01-1é".parse::<Date>().is_err(), "a letter of two bytes is no digit");
    }

    #[test]
    fn months_are_clamped_to_their_last_day() {
        for (from, months, to) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
            ("2026-03-31", -1, "2026-02-28"),
            ("2026-12-15", 1, "2027-01-15"),
            ("2026-01-15", -1, "2025-12-15"),
            ("9999-12-31", 1, "9999-12-31"),
            ("0000-01-31", -1, "0000-01-01"),
        ] {
            assert_eq!(date(from).plus_months(months), date(to), "{from} + {months} months");
        }
        assert_eq!(date("2026-01-01").plus_months(i64::MAX), Date::MAX);
        assert_eq!(date("2026-01-01").plus_months(i64::MIN), Date::MIN);
    }

    #[test]
    fn days_stay_inside_the_calendar() {
        assert_eq!(date("2024-02-28").plus_days(2), date("2024-03-01"));
        assert_eq!(date("2026-01-01").plus_days(i64::MAX), Date::MAX);
        assert_eq!(date("2026-01-01").plus_days(i64::MIN), Date::MIN);
    }
}
