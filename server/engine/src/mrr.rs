//! Monthly recurring revenue: what running subscriptions bring per month, whatever their rhythm.
//!
//! A year counts as twelve months, and as 52 weeks or 365 days: so a plan of 52 weeks brings what a yearly plan
//! of the same price brings. Each item is rounded once, half away from zero, to minor units; sums are then exact.

use latchkey_shared::{
    api::catalog::IntervalUnit,
    money::{Money, MoneyError},
};

/// What is charged again and again: `price` for each of `quantity`, every `count` `unit`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurring {
    pub price: Money,
    pub quantity: i64,
    pub unit: IntervalUnit,
    pub count: i64,
}

/// What it brings per month.
///
/// # Errors
/// Where the interval is nothing, or the amount too large.
pub fn monthly(item: Recurring) -> Result<Money, MoneyError> {
    let periods_a_year = match item.unit {
        IntervalUnit::Day => 365,
        IntervalUnit::Week => 52,
        IntervalUnit::Month => 12,
        IntervalUnit::Year => 1,
    };
    let months = item.count.checked_mul(12).ok_or(MoneyError::Overflow)?;
    item.price.checked_mul(item.quantity)?.checked_mul_ratio(periods_a_year, months)
}

/// Churn of a month in hundredths of a percent: contracts that ended in it, of those that ran at its beginning.
/// `None` where none ran.
pub fn churn(running: i64, ended: i64) -> Option<i64> {
    if running <= 0 {
        return None;
    }
    Some(ended.saturating_mul(10_000).saturating_add(running / 2) / running)
}

#[cfg(test)]
mod tests {
    use latchkey_shared::money::Currency;
    use proptest::prelude::*;

    use super::*;

    fn item(minor: i64, quantity: i64, count: i64, unit: IntervalUnit) -> Recurring {
        Recurring { price: Money::new(minor, Currency::EUR), quantity, unit, count }
    }

    fn minor(item: Recurring) -> i64 {
        monthly(item).unwrap().minor
    }

    #[test]
    fn every_rhythm_is_brought_to_a_month() {
        use IntervalUnit::{Day, Month, Week, Year};
        for (price, quantity, count, unit, expected) in [
            (900, 1, 1, Month, 900),
            (900, 3, 1, Month, 2_700),
            (12_000, 1, 1, Year, 1_000),
            (10_000, 1, 1, Year, 833),
            (24_000, 1, 2, Year, 1_000),
            (3_000, 1, 3, Month, 1_000),
            (1_000, 1, 6, Month, 167),
            (1_200, 1, 1, Week, 5_200),
            (1_200, 1, 4, Week, 1_300),
            (100, 1, 1, Day, 3_042),
            (3_650, 1, 365, Day, 304),
            (0, 5, 1, Month, 0),
            (5, 1, 1, Year, 0),
            (6, 1, 1, Year, 1),
        ] {
            assert_eq!(
                minor(item(price, quantity, count, unit)),
                expected,
                "{price} × {quantity} every {count} {unit:?}"
            );
        }
    }

    #[test]
    fn nonsense_is_no_number() {
        assert_eq!(monthly(item(900, 1, 0, IntervalUnit::Month)), Err(MoneyError::DivisionByZero));
        assert_eq!(monthly(item(i64::MAX, 2, 1, IntervalUnit::Month)), Err(MoneyError::Overflow));
        assert_eq!(monthly(item(1, 1, i64::MAX, IntervalUnit::Month)), Err(MoneyError::Overflow));
    }

    #[test]
    fn churn_is_a_share_of_what_ran() {
        assert_eq!(churn(200, 5), Some(250));
        assert_eq!(churn(3, 1), Some(3_333));
        assert_eq!(churn(3, 0), Some(0));
        assert_eq!(churn(0, 0), None);
    }

    proptest! {
        #[test]
        fn a_year_is_twelve_months_and_52_weeks(price in 0_i64..10_000_000, quantity in 1_i64..1_000, years in 1_i64..10) {
            let yearly = minor(item(price, quantity, years, IntervalUnit::Year));
            prop_assert_eq!(yearly, minor(item(price, quantity, years * 12, IntervalUnit::Month)));
            prop_assert_eq!(yearly, minor(item(price, quantity, years * 52, IntervalUnit::Week)));
            prop_assert_eq!(yearly, minor(item(price, quantity, years * 365, IntervalUnit::Day)));
        }

        #[test]
        fn the_currency_stays_and_quantities_add_up(price in 0_i64..10_000_000, quantity in 1_i64..1_000) {
            let jpy = Currency::parse("JPY").unwrap();
            let many = Recurring { price: Money::new(price, jpy), quantity, unit: IntervalUnit::Month, count: 1 };
            let all = monthly(many).unwrap();
            prop_assert_eq!(all, Money::new(price * quantity, jpy));
        }

        #[test]
        fn twelve_months_miss_a_year_by_less_than_a_unit_each(price in 0_i64..10_000_000) {
            let yearly = minor(item(price, 1, 1, IntervalUnit::Year));
            prop_assert!((yearly * 12 - price).abs() <= 6);
        }
    }
}
