use latchkey_shared::filter::{Comparison, DateLiteral, DateUnit};
use latchkey_shared::time::Timestamp;

use crate::period::{Tz, local_date, start_of_day};

/// Whole numbers from `at_least` up to, but not including, `below`; without a bound where it is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub at_least: Option<i64>,
    pub below: Option<i64>,
}

impl Range {
    pub const EVERYTHING: Self = Self { at_least: None, below: None };
    /// No number is in it.
    pub const NOTHING: Self = Self { at_least: Some(0), below: Some(0) };

    pub const fn exactly(number: i64) -> Self {
        // The greatest number needs no upper bound.
        Self { at_least: Some(number), below: number.checked_add(1) }
    }

    /// The numbers that compare so with this range as a whole: less than a day is before its beginning,
    /// greater than a day is after its end.
    pub const fn compared(self, comparison: Comparison) -> Self {
        match comparison {
            Comparison::Less => match self.at_least {
                Some(_) => Self { at_least: None, below: self.at_least },
                None => Self::NOTHING,
            },
            Comparison::LessOrEqual => Self { at_least: None, below: self.below },
            Comparison::Greater => match self.below {
                Some(_) => Self { at_least: self.below, below: None },
                None => Self::NOTHING,
            },
            Comparison::GreaterOrEqual => Self { at_least: self.at_least, below: None },
            Comparison::Equal | Comparison::NotEqual => self,
        }
    }

    pub const fn contains(self, number: i64) -> bool {
        let above = match self.at_least {
            Some(least) => number >= least,
            None => true,
        };
        let under = match self.below {
            Some(below) => number < below,
            None => true,
        };
        above && under
    }
}

/// The milliseconds of a day of the vendor, or of a single point in time.
pub(super) fn of_date(literal: DateLiteral, now: Timestamp, zone: Tz) -> Range {
    let today = || local_date(now, zone);
    let day = match literal {
        DateLiteral::Instant(time) => return Range::exactly(time.millis()),
        DateLiteral::Day(date) => date,
        DateLiteral::Relative(count, DateUnit::Days) => today().plus_days(i64::from(count)),
        DateLiteral::Relative(count, DateUnit::Months) => today().plus_months(i64::from(count)),
        DateLiteral::Relative(count, DateUnit::Years) => today().plus_months(i64::from(count) * 12),
    };
    let next = start_of_day(day.plus_days(1), zone);
    Range { at_least: Some(start_of_day(day, zone).millis()), below: Some(next.millis()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn comparisons_with_a_number_mean_what_they_say(
            number in prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX)], other: i64, near in -2_i64..=2,
        ) {
            for other in [other, number.saturating_add(near), i64::MIN, i64::MAX] {
                let holds = |comparison| Range::exactly(number).compared(comparison).contains(other);
                prop_assert_eq!(holds(Comparison::Equal), other == number);
                prop_assert_eq!(holds(Comparison::Less), other < number);
                prop_assert_eq!(holds(Comparison::LessOrEqual), other <= number);
                prop_assert_eq!(holds(Comparison::Greater), other > number);
                prop_assert_eq!(holds(Comparison::GreaterOrEqual), other >= number);
            }
        }
    }
}
