//! Tax on prices that are billed offline.

use latchkey_shared::money::{Currency, Money};

use super::Refusal;

/// What a whole is counted in.
const WHOLE: i64 = 1_000_000;

/// A rate of tax, and whether prices have it in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tax {
    /// 190 000 is 19 %.
    pub millionths: i64,
    /// Prices are what the customer pays; otherwise the tax comes on top of them.
    pub inclusive: bool,
}

/// An amount without tax and the tax on it; together they are what is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    pub net: i64,
    pub tax: i64,
}

impl Tax {
    /// What an amount in the terms of prices is without tax, and its tax, rounded half away from zero.
    pub fn split(self, priced: i64, currency: Currency) -> Result<Split, Refusal> {
        let below = if self.inclusive { WHOLE + self.millionths } else { WHOLE };
        let tax = ratio(priced, self.millionths, below, currency)?;
        let net = if self.inclusive { priced.checked_sub(tax) } else { Some(priced) };
        Ok(Split { net: net.ok_or(Refusal::TooLarge)?, tax })
    }

    /// What an amount that is paid is in the terms of prices.
    pub fn priced(self, paid: i64, currency: Currency) -> Result<i64, Refusal> {
        if self.inclusive { Ok(paid) } else { ratio(paid, WHOLE, WHOLE + self.millionths, currency) }
    }
}

impl Split {
    /// What is paid.
    pub fn gross(self) -> Result<i64, Refusal> {
        self.net.checked_add(self.tax).ok_or(Refusal::TooLarge)
    }
}

fn ratio(amount: i64, above: i64, below: i64, currency: Currency) -> Result<i64, Refusal> {
    let part = Money::new(amount, currency).checked_mul_ratio(above, below);
    part.map(|part| part.minor).map_err(|_| Refusal::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(millionths: i64, inclusive: bool, priced: i64) -> (i64, i64) {
        let split = Tax { millionths, inclusive }.split(priced, Currency::EUR).unwrap();
        (split.net, split.tax)
    }

    #[test]
    fn on_top_and_within() {
        assert_eq!(split(190_000, false, 1_000), (1_000, 190));
        assert_eq!(split(190_000, true, 1_190), (1_000, 190));
        assert_eq!(split(190_000, true, 2_100), (1_765, 335), "335.29");
        assert_eq!(split(77_000, false, 1_050), (1_050, 81), "80.85");
        assert_eq!(split(0, true, 999), (999, 0));
    }

    #[test]
    fn halves_go_away_from_zero_on_both_sides() {
        assert_eq!(split(50_000, false, 10), (10, 1));
        assert_eq!(split(50_000, false, -10), (-10, -1));
    }

    proptest! {
        #[test]
        fn what_is_within_stays_what_is_paid(priced in -1_000_000_000_i64..1_000_000_000, rate in 0_i64..=1_000_000) {
            let tax = Tax { millionths: rate, inclusive: true };
            prop_assert_eq!(tax.split(priced, Currency::EUR).unwrap().gross(), Ok(priced));
            prop_assert_eq!(tax.priced(priced, Currency::EUR), Ok(priced));
        }

        #[test]
        fn what_comes_on_top_is_found_again(priced in -1_000_000_000_i64..1_000_000_000, rate in 0_i64..=1_000_000) {
            let tax = Tax { millionths: rate, inclusive: false };
            let split = tax.split(priced, Currency::EUR).unwrap();
            prop_assert_eq!(split.net, priced);
            prop_assert_eq!(tax.priced(split.gross().unwrap(), Currency::EUR), Ok(priced));
        }

        #[test]
        fn tax_is_off_by_half_a_cent_at_most_and_changes_no_sign(
            priced in -1_000_000_000_i64..1_000_000_000, rate in 0_i64..=1_000_000, inclusive: bool,
        ) {
            let split = Tax { millionths: rate, inclusive }.split(priced, Currency::EUR).unwrap();
            prop_assert!(split.tax.signum() * priced.signum() >= 0);
            let base = i128::from(if inclusive { priced } else { split.net });
            let below = i128::from(if inclusive { 1_000_000 + rate } else { 1_000_000 });
            let error = i128::from(split.tax) * below - base * i128::from(rate);
            prop_assert!(error.abs() * 2 <= below);
            let back = Tax { millionths: rate, inclusive }.split(-priced, Currency::EUR).unwrap();
            prop_assert_eq!((back.net, back.tax), (-split.net, -split.tax), "what is given back is what was charged");
        }
    }
}
