use std::fmt;

use serde::{Deserialize, Serialize};

use super::Currency;

/// An amount: minor units (cents) of a currency. In JSON `{"minor":1250,"currency":"EUR"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Why two amounts have no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    CurrencyMismatch(Currency, Currency),
    Overflow,
    /// A ratio with a zero below the line.
    DivisionByZero,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CurrencyMismatch(a, b) => write!(f, "{a} and {b} cannot be put together."),
            Self::Overflow => f.write_str("The amount is too large."),
            Self::DivisionByZero => f.write_str("An amount cannot be divided by nothing."),
        }
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.with_same_currency(other, i64::checked_add)
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.with_same_currency(other, i64::checked_sub)
    }

    pub fn checked_mul(self, factor: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(factor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The amount times `numerator / denominator`, rounded half away from zero: 5 cents × 1/2 are 3 cents,
    /// −5 cents × 1/2 are −3. Exact in between, so nothing is lost before the one rounding.
    pub fn checked_mul_ratio(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator == 0 {
            return Err(MoneyError::DivisionByZero);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let negative = (product < 0) != (denominator < 0);
        let (product, denominator) = (product.unsigned_abs(), denominator.unsigned_abs());
        let rounded = (product + denominator / 2) / denominator;
        let rounded = i128::try_from(rounded).map_err(|_| MoneyError::Overflow)?;
        let minor =
            i64::try_from(if negative { -rounded } else { rounded }).map_err(|_| MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// All amounts together, or nothing in `currency` if there are none.
    pub fn checked_sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    fn with_same_currency(
        self,
        other: Self,
        operation: fn(i64, i64) -> Option<i64>,
    ) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let minor = operation(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }
}

/// `12.50 EUR`, for logs, mails and exports; on the screen the browser formats amounts.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn json_shape_and_words() {
        assert_eq!(serde_json::to_string(&euros(1_250)).unwrap(), r#"{"minor":1250,"currency":"EUR"}"#);
        assert!(serde_json::from_str::<Money>(r#"{"minor":12.5,"currency":"EUR"}"#).is_err());
        assert_eq!(euros(-1_250).to_string(), "-12.50 EUR");
    }

    #[test]
    fn currencies_do_not_mix() {
        let dollars = Money::new(1, Currency::USD);
        assert_eq!(
            euros(1).checked_add(dollars),
            Err(MoneyError::CurrencyMismatch(Currency::EUR, Currency::USD))
        );
        assert_eq!(Money::checked_sum(Currency::EUR, [euros(1), euros(2)]), Ok(euros(3)));
        assert!(Money::checked_sum(Currency::EUR, [dollars]).is_err());
    }

    #[test]
    fn nothing_wraps_round() {
        assert_eq!(euros(i64::MAX).checked_add(euros(1)), Err(MoneyError::Overflow));
        assert_eq!(euros(i64::MIN).checked_sub(euros(1)), Err(MoneyError::Overflow));
        assert_eq!(euros(i64::MIN).checked_neg(), Err(MoneyError::Overflow));
        assert_eq!(euros(i64::MAX).checked_mul(2), Err(MoneyError::Overflow));
        assert_eq!(euros(i64::MAX).checked_mul_ratio(2, 1), Err(MoneyError::Overflow));
        assert_eq!(euros(i64::MIN).checked_mul_ratio(i64::MIN, 1), Err(MoneyError::Overflow));
        assert_eq!(euros(1).checked_mul_ratio(1, 0), Err(MoneyError::DivisionByZero));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (minor, numerator, denominator, expected) in [
            (5, 1, 2, 3),
            (-5, 1, 2, -3),
            (5, -1, 2, -3),
            (5, 1, -2, -3),
            (-5, -1, 2, 3),
            (1, 1, 3, 0),
            (2, 1, 3, 1),
            (1_000, 10, 31, 323),
            (0, 7, 3, 0),
        ] {
            let result = euros(minor).checked_mul_ratio(numerator, denominator).map(|money| money.minor);
            assert_eq!(result, Ok(expected), "{minor} × {numerator}/{denominator}");
        }
    }

    proptest! {
        #[test]
        fn a_part_is_never_more_than_the_whole(minor: i64, part in 0_i64..1_000_000, more in 1_i64..1_000_000) {
            let share = euros(minor).checked_mul_ratio(part, part + more).unwrap();
            prop_assert!(share.minor.unsigned_abs() <= minor.unsigned_abs());
        }

        #[test]
        fn a_ratio_is_off_by_at_most_half_a_cent(
            minor in -1_000_000_000_i64..1_000_000_000,
            numerator in -1_000_i64..1_000,
            denominator in 1_i64..1_000,
        ) {
            let share = euros(minor).checked_mul_ratio(numerator, denominator).unwrap();
            let error = i128::from(share.minor) * i128::from(denominator) - i128::from(minor) * i128::from(numerator);
            prop_assert!(error.abs() * 2 <= i128::from(denominator));
        }

        #[test]
        fn adding_and_taking_away_again(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000) {
            prop_assert_eq!(euros(a).checked_add(euros(b)).unwrap().checked_sub(euros(b)), Ok(euros(a)));
        }
    }
}
