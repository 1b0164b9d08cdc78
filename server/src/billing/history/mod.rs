//! What Stripe says about money and contracts, written into the customers' histories.
//!
//! Everything here is told more than once and in any order: entries are named after Stripe's objects, so that
//! each is written once and brought up to date afterwards.

pub mod givebacks;
pub mod invoices;
pub mod lifecycle;

use std::collections::HashMap;

use latchkey_shared::money::{Currency, Money};
use latchkey_store::{entity::transaction_entry, plans};
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// Which product each Stripe price of an account buys.
pub async fn products_by_price<C: ConnectionTrait>(
    connection: &C,
    account: i64,
) -> AppResult<HashMap<String, i64>> {
    let plans = plans::of_account(connection, account).await?;
    Ok(plans.into_iter().filter_map(|plan| Some((plan.stripe_price?, plan.product_id))).collect())
}

/// `part` of `gross` has its share of `tax`: rounded half away from zero.
pub fn share_of_tax(tax: i64, part: i64, gross: i64) -> i64 {
    if gross == 0 {
        return 0;
    }
    Money::new(tax, Currency::EUR).checked_mul_ratio(part, gross).map_or(0, |share| share.minor)
}

/// What of a payment that was given back is tax, by the payment's own shares.
fn tax_given_back(payment: Option<&transaction_entry::Model>, amount: i64) -> i64 {
    payment.map_or(0, |payment| share_of_tax(payment.tax, amount, payment.gross))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_is_shared_by_what_was_paid() {
        assert_eq!(share_of_tax(190, 1_190, 1_190), 190);
        assert_eq!(share_of_tax(190, 595, 1_190), 95);
        assert_eq!(share_of_tax(1, 1, 2), 1, "half a cent counts as one");
        assert_eq!(share_of_tax(190, 10, 0), 0);
        assert_eq!(share_of_tax(0, 10, 100), 0);
    }
}
