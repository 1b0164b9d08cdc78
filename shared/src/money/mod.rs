//! Amounts of money: whole minor units of a currency, never a floating-point number.

mod amount;
mod currency;
mod decimal;

pub use amount::{Money, MoneyError};
pub use currency::{Currency, CurrencyError};
pub use decimal::DecimalError;
