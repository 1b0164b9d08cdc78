//! The product's data object `cryptolens_dobjreset`: which counters of its keys begin anew, and how often.
//!
//! A JSON list such as `[{"Name":"exports","Freq":"monthly","Default":0}]`. Names of fields are read in any
//! case; a frequency is `daily`, `weekly`, `monthly`, `yearly`, or a number of days.

use chrono_tz::Tz;
use latchkey_shared::time::{Date, Timestamp};
use serde_json::Value;

use crate::period;

/// How often a counter begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Daily,
    /// On Mondays.
    Weekly,
    Monthly,
    Yearly,
    Days(i64),
}

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// The name of the data objects.
    pub name: String,
    pub frequency: Frequency,
    /// What they become.
    pub default: i64,
}

/// Reads the text of the data object; what is wrong with it in words otherwise.
pub fn parse(text: &str) -> Result<Vec<Reset>, String> {
    let list: Vec<Value> =
        serde_json::from_str(text).map_err(|error| format!("it is not a JSON list: {error}"))?;
    list.iter().map(reset).collect()
}

fn reset(value: &Value) -> Result<Reset, String> {
    let field = |name: &str| {
        let fields = value.as_object()?;
        fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let name = field("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
    let frequency = field("freq").and_then(frequency);
    let default = field("default").map_or(Some(0), Value::as_i64);
    match (name, frequency, default) {
        (Some(name), Some(frequency), Some(default)) if i32::try_from(default).is_ok() => {
            Ok(Reset { name: name.to_owned(), frequency, default })
        }
        (None, ..) => Err("a counter has no Name".to_owned()),
        (_, None, _) => Err("Freq is daily, weekly, monthly, yearly or a number of days".to_owned()),
        _ => Err("Default is a whole number".to_owned()),
    }
}

fn frequency(value: &Value) -> Option<Frequency> {
    let word = match value {
        Value::String(word) => word.trim().to_ascii_lowercase(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(match word.as_str() {
        "day" | "daily" => Frequency::Daily,
        "week" | "weekly" => Frequency::Weekly,
        "month" | "monthly" => Frequency::Monthly,
        "year" | "yearly" | "annually" => Frequency::Yearly,
        days => Frequency::Days(days.parse().ok().filter(|days| (1..=3_660).contains(days))?),
    })
}

/// When the period that `now` is in ends, by the vendor's calendar.
pub fn next(frequency: Frequency, now: Timestamp, zone: Tz) -> Timestamp {
    let today = period::local_date(now, zone);
    let first_of = |year: i32, month: u8| Date::new(year, month, 1).unwrap_or(today);
    let date = match frequency {
        Frequency::Daily => today.plus_days(1),
        // 1970 began on a Thursday.
        Frequency::Weekly => today.plus_days(7 - (today.days_since_1970() + 3).rem_euclid(7)),
        Frequency::Monthly => first_of(today.year(), today.month()).plus_months(1),
        Frequency::Yearly => first_of(today.year(), 1).plus_months(12),
        Frequency::Days(days) => today.plus_days(days),
    };
    period::start_of_day(date, zone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_written_is_read_or_explained(text in "[\\[\\]{}\",:a-zA-Z0-9.-]{0,200}|\\PC{0,200}") {
            if let Err(why) = parse(&text) {
                prop_assert!(!why.is_empty());
            }
        }

        #[test]
        fn any_value_in_any_place_is_read_or_explained(
            name in "\\PC{0,40}",
            frequency in "daily|weekly|monthly|yearly|[0-9]{1,12}|\\PC{0,20}",
            default in any::<i64>(),
        ) {
            let text = serde_json::json!([{"Name": name, "Freq": frequency, "Default": default}]).to_string();
            if let Ok(resets) = parse(&text) {
                prop_assert_eq!(resets.len(), 1);
                prop_assert!(i32::try_from(default).is_ok());
            }
        }
    }

    #[test]
    fn counters_are_read_in_any_case() {
        let read =
            parse(r#"[{"Name":"exports","Freq":"monthly","Default":5},{"name":" x ","freq":7}]"#).unwrap();
        let reset = |name: &str, frequency, default| Reset { name: name.to_owned(), frequency, default };
        assert_eq!(read, [reset("exports", Frequency::Monthly, 5), reset("x", Frequency::Days(7), 0)]);
        for (text, says) in [
            ("{}", "it is not a JSON list"),
            (r#"[{"Freq":"daily"}]"#, "a counter has no Name"),
            (r#"[{"Name":"a","Freq":"hourly"}]"#, "Freq is"),
            (r#"[{"Name":"a","Freq":"daily","Default":"x"}]"#, "Default is"),
            (r#"[{"Name":"a","Freq":"daily","Default":3000000000}]"#, "Default is"),
        ] {
            assert!(parse(text).unwrap_err().starts_with(says), "{text}");
        }
    }

    #[test]
    fn periods_end_by_the_calendar() {
        let berlin: Tz = "Europe/Berlin".parse().unwrap();
        // A Wednesday, 23:30 in Berlin.
        let now: Timestamp = "2026-11-25T22:30:00Z".parse().unwrap();
        for (frequency, ends) in [
            (Frequency::Daily, "2026-11-25T23:00:00.000Z"),
            (Frequency::Weekly, "2026-11-29T23:00:00.000Z"),
            (Frequency::Monthly, "2026-11-30T23:00:00.000Z"),
            (Frequency::Yearly, "2026-12-31T23:00:00.000Z"),
            (Frequency::Days(3), "2026-11-27T23:00:00.000Z"),
        ] {
            assert_eq!(next(frequency, now, berlin).to_string(), ends, "{frequency:?}");
        }
        let monday: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        assert_eq!(next(Frequency::Weekly, monday, Tz::UTC).to_string(), "2026-12-07T00:00:00.000Z");
    }
}
