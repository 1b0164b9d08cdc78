//! Values as they are written, read by the kind of their field.

use crate::time::{Date, Timestamp};

/// A day or point in time in a filter. What it means in milliseconds depends on the vendor's time zone and on
/// today: `engine::filter` works that out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLiteral {
    Day(Date),
    Instant(Timestamp),
    /// That many days, months or years from today.
    Relative(i32, DateUnit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateUnit {
    Days,
    Months,
    Years,
}

impl DateLiteral {
    /// `2026-12-31`, `2026-12-31T12:00:00Z`, `today`, `yesterday`, `tomorrow`, `today-30d` (also `w`, `m`,
    /// `y`), and `dayback`, `weekback`, `monthback`, `yearback` and the same with `forward`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(date) = text.parse() {
            return Some(Self::Day(date));
        }
        if let Ok(time) = text.parse() {
            return Some(Self::Instant(time));
        }
        let lower = text.to_ascii_lowercase();
        match lower.as_str() {
            "today" => Some(Self::Relative(0, DateUnit::Days)),
            "yesterday" | "dayback" => Some(Self::Relative(-1, DateUnit::Days)),
            "tomorrow" | "dayforward" => Some(Self::Relative(1, DateUnit::Days)),
            "weekback" => Some(Self::Relative(-7, DateUnit::Days)),
            "monthback" => Some(Self::Relative(-1, DateUnit::Months)),
            "yearback" => Some(Self::Relative(-1, DateUnit::Years)),
            "weekforward" => Some(Self::Relative(7, DateUnit::Days)),
            "monthforward" => Some(Self::Relative(1, DateUnit::Months)),
            "yearforward" => Some(Self::Relative(1, DateUnit::Years)),
            other => relative(other.strip_prefix("today")?),
        }
    }
}

/// `-30d`, `+2w`; without a unit, days.
fn relative(text: &str) -> Option<DateLiteral> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits = rest.trim_end_matches(['d', 'w', 'm', 'y']);
    let short = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count: i32 = digits.parse().ok().filter(|_| short)?;
    match &rest[digits.len()..] {
        "" | "d" => Some(DateLiteral::Relative(sign * count, DateUnit::Days)),
        "w" => Some(DateLiteral::Relative(sign * count * 7, DateUnit::Days)),
        "m" => Some(DateLiteral::Relative(sign * count, DateUnit::Months)),
        "y" => Some(DateLiteral::Relative(sign * count, DateUnit::Years)),
        _ => None,
    }
}

pub(super) fn bool_value(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The stored word that a person means: `Past due` and `past-due` are `past_due`.
pub(super) fn choice_value(text: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let stored = text.trim().to_lowercase().replace([' ', '-'], "_");
    words.iter().copied().find(|word| *word == stored)
}

/// Digits with at most one point and up to three places, signed or not.
pub(super) fn is_amount(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits =
        |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 15) && digits(fraction, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_their_spellings() {
        let day = |text: &str| DateLiteral::Day(text.parse().unwrap());
        for (text, expected) in [
            ("2026-12-31", day("2026-12-31")),
            ("Today", DateLiteral::Relative(0, DateUnit::Days)),
            ("today-30d", DateLiteral::Relative(-30, DateUnit::Days)),
            ("today+5", DateLiteral::Relative(5, DateUnit::Days)),
            ("today+2w", DateLiteral::Relative(14, DateUnit::Days)),
            ("today-3m", DateLiteral::Relative(-3, DateUnit::Months)),
            ("TODAY+1Y", DateLiteral::Relative(1, DateUnit::Years)),
            ("monthBack", DateLiteral::Relative(-1, DateUnit::Months)),
            ("weekforward", DateLiteral::Relative(7, DateUnit::Days)),
            ("dayforward", DateLiteral::Relative(1, DateUnit::Days)),
            ("2026-12-31T12:00:00Z", DateLiteral::Instant("2026-12-31T12:00:00Z".parse().unwrap())),
        ] {
            assert_eq!(DateLiteral::parse(text), Some(expected), "{text}");
        }
        for text in
            ["", "2026-02-30", "today-", "today-d", "today-1dd", "today-99999", "today--1", "todayish", "now"]
        {
            assert_eq!(DateLiteral::parse(text), None, "{text}");
        }
    }

    #[test]
    fn truth_words_and_amounts() {
        assert_eq!(bool_value("Yes"), Some(true));
        assert_eq!(bool_value("OFF"), Some(false));
        assert_eq!(bool_value("maybe"), None);
        assert_eq!(choice_value("Past due", &["active", "past_due"]), Some("past_due"));
        assert_eq!(choice_value("past", &["active", "past_due"]), None);
        for (text, fine) in [
            ("12", true),
            ("-12.50", true),
            ("1.234", true),
            ("1.2345", false),
            (".5", false),
            ("5.", false),
            ("", false),
        ] {
            assert_eq!(is_amount(text), fine, "{text}");
        }
    }
}
