use std::fmt;

use serde::{Deserialize, Serialize};

/// How long a plan runs: a count and a unit, such as 1 month or 30 days. In JSON `{"count":1,"unit":"months"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanDuration {
    /// 1 or more; see [`PlanDuration::new`].
    pub count: u32,
    pub unit: DurationUnit,
}

/// What JSON may say before its bounds are checked.
#[derive(Deserialize)]
struct Unchecked {
    count: u32,
    unit: DurationUnit,
}

impl TryFrom<Unchecked> for PlanDuration {
    type Error = DurationError;

    fn try_from(written: Unchecked) -> Result<Self, DurationError> {
        Self::new(written.count, written.unit)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DurationUnit {
    Days,
    Months,
    Years,
}

/// A plan of no length, or of more than a hundred years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationError;

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A plan must run for at least one day and at most a hundred years.")
    }
}

impl std::error::Error for DurationError {}

impl DurationUnit {
    pub const ALL: [Self; 3] = [Self::Days, Self::Months, Self::Years];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    pub fn singular(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Months => "month",
            Self::Years => "year",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == text)
    }
}

impl PlanDuration {
    pub fn new(count: u32, unit: DurationUnit) -> Result<Self, DurationError> {
        let most = match unit {
            DurationUnit::Days => 36_525,
            DurationUnit::Months => 1_200,
            DurationUnit::Years => 100,
        };
        if (1..=most).contains(&count) { Ok(Self { count, unit }) } else { Err(DurationError) }
    }

    /// How often it is billed: `every month`, `every 30 days`.
    pub fn every(self) -> String {
        if self.count == 1 { format!("every {}", self.unit.singular()) } else { format!("every {self}") }
    }

    /// About how many days it is (a month as 30.44, a year as 365.25), to put plans in order of length.
    pub fn approximate_days(self) -> u32 {
        let ten_thousandths = match self.unit {
            DurationUnit::Days => 10_000_u64,
            DurationUnit::Months => 304_375,
            DurationUnit::Years => 3_652_500,
        };
        u32::try_from(u64::from(self.count) * ten_thousandths / 10_000).unwrap_or(u32::MAX)
    }
}

/// `1 month`, `30 days`.
impl fmt::Display for PlanDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.count == 1 { self.unit.singular() } else { self.unit.as_str() };
        write!(f, "{} {unit}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duration(count: u32, unit: DurationUnit) -> PlanDuration {
        PlanDuration::new(count, unit).unwrap()
    }

    #[test]
    fn a_duration_has_bounds() {
        assert!(PlanDuration::new(0, DurationUnit::Days).is_err());
        assert!(PlanDuration::new(100, DurationUnit::Years).is_ok());
        assert!(PlanDuration::new(101, DurationUnit::Years).is_err());
    }

    #[test]
    fn written_in_words_and_in_json() {
        assert_eq!(duration(1, DurationUnit::Months).to_string(), "1 month");
        assert_eq!(duration(30, DurationUnit::Days).to_string(), "30 days");
        let json = serde_json::to_string(&duration(2, DurationUnit::Years)).unwrap();
        assert_eq!(json, r#"{"count":2,"unit":"years"}"#);
        assert_eq!(serde_json::from_str::<PlanDuration>(&json).unwrap(), duration(2, DurationUnit::Years));
        assert!(serde_json::from_str::<PlanDuration>(r#"{"count":0,"unit":"days"}"#).is_err());
        assert_eq!(duration(1, DurationUnit::Years).every(), "every year");
        assert_eq!(duration(3, DurationUnit::Months).every(), "every 3 months");
    }

    #[test]
    fn a_year_is_longer_than_eleven_months_and_a_month_than_thirty_days() {
        let days = |count, unit| duration(count, unit).approximate_days();
        assert_eq!(days(30, DurationUnit::Days), 30);
        assert_eq!(days(12, DurationUnit::Months), days(1, DurationUnit::Years));
        assert!(days(2, DurationUnit::Months) > days(60, DurationUnit::Days) - 1);
        assert!(days(11, DurationUnit::Months) < days(1, DurationUnit::Years));
    }
}
