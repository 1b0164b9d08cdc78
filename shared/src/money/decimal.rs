//! Minor units as decimal text and back, digit by digit.

use std::fmt;

use super::{Currency, Money};

/// Why a typed amount is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Not digits with at most one point between them.
    NotANumber,
    /// More decimal places than the currency has; carries how many it has.
    TooManyDecimals(u32),
    /// More than can be counted.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("Write the amount in digits with a point, for example 12.50."),
            Self::TooManyDecimals(0) => f.write_str("This currency has no decimal places."),
            Self::TooManyDecimals(places) => write!(f, "This currency has {places} decimal places."),
            Self::TooLarge => f.write_str("This amount is too large."),
        }
    }
}

impl std::error::Error for DecimalError {}

impl Money {
    /// Reads `12`, `12.5`, `-0.50` as an amount of `currency`. No spaces, no thousands separators, no comma:
    /// what `1,250` means differs from place to place.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let point_without_fraction = unsigned.contains('.') && fraction.is_empty();
        if whole.is_empty() || point_without_fraction || !all_digits(whole) || !all_digits(fraction) {
            return Err(DecimalError::NotANumber);
        }
        let places = currency.exponent();
        let places_len = usize::try_from(places).unwrap_or(0);
        if fraction.len() > places_len {
            return Err(DecimalError::TooManyDecimals(places));
        }
        let mut minor: i64 = 0;
        let padding = std::iter::repeat_n(b'0', places_len - fraction.len());
        for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
            let digit = i64::from(digit - b'0');
            let signed = if negative { -digit } else { digit };
            let shifted = minor.checked_mul(10).ok_or(DecimalError::TooLarge)?;
            minor = shifted.checked_add(signed).ok_or(DecimalError::TooLarge)?;
        }
        Ok(Self { minor, currency })
    }

    /// The amount in digits with as many decimal places as the currency has: `12.50`, `-0.05`, `1250`.
    pub fn to_decimal(self) -> String {
        let places = usize::try_from(self.currency.exponent()).unwrap_or(0);
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.minor < 0 { "-" } else { "" };
        let point = if places > 0 { "." } else { "" };
        format!("{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn amounts_as_text() {
        for (minor, code, text) in [
            (0, "EUR", "0.00"),
            (5, "EUR", "0.05"),
            (-5, "EUR", "-0.05"),
            (1_250, "EUR", "12.50"),
            (1_250, "JPY", "1250"),
            (1_250, "KWD", "1.250"),
            (i64::MIN, "EUR", "-92233720368547758.08"),
        ] {
            let money = Money { minor, currency: currency(code) };
            assert_eq!(money.to_decimal(), text);
            assert_eq!(Money::parse_decimal(text, currency(code)), Ok(money));
        }
    }

    #[test]
    fn shorter_spellings_are_filled_up() {
        let minor = |text| Money::parse_decimal(text, Currency::EUR).map(|money| money.minor);
        assert_eq!(minor("12"), Ok(1_200));
        assert_eq!(minor("12.5"), Ok(1_250));
        assert_eq!(minor("-0.5"), Ok(-50));
        assert_eq!(minor("007"), Ok(700));
    }

    #[test]
    fn what_is_no_amount() {
        for text in ["", "-", ".5", "5.", "1,50", "1 000", "+1", "1e3", "0x1", "1.2.3", "--1", "٣"] {
            assert_eq!(Money::parse_decimal(text, Currency::EUR), Err(DecimalError::NotANumber), "{text}");
        }
        assert_eq!(Money::parse_decimal("1.234", Currency::EUR), Err(DecimalError::TooManyDecimals(2)));
        assert_eq!(Money::parse_decimal("1.0", currency("JPY")), Err(DecimalError::TooManyDecimals(0)));
        assert_eq!(Money::parse_decimal("92233720368547758.08", Currency::EUR), Err(DecimalError::TooLarge));
    }

    proptest! {
        #[test]
        fn every_amount_survives_its_text(minor: i64, code in "EUR|JPY|KWD") {
            let money = Money { minor, currency: currency(&code) };
            prop_assert_eq!(Money::parse_decimal(&money.to_decimal(), money.currency), Ok(money));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = Money::parse_decimal(&text, Currency::EUR);
        }
    }
}
