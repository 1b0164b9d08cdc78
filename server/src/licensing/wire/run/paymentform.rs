//! `CreateSession`.

use latchkey_shared::{
    ids::CustomerId,
    money::{Currency, Money},
};
use latchkey_store::{entity::plan, plans};

use super::change::not_found;
use crate::{
    billing::checkouts::by_program::{self, Asked},
    licensing::wire::{
        Answer, Call, Failure, WireResult,
        failure::{ACCESS_DENIED, CUSTOMER_NOT_FOUND},
        table::paymentform as table,
    },
};

const NO_PLAN: &str = "Could not find the plan.";
const ANOTHER_PRICE: &str = "The plan has another price. A plan costs what its price at Stripe says.";

pub async fn create_session(call: &Call, params: table::CreateSession) -> WireResult {
    let plan = plans::find(call.app().store.read(), params.plan.0).await?;
    let plan = plan.ok_or(Failure::refused(NO_PLAN))?;
    if !call.access().allows_product(plan.product_id.into()) {
        return Err(Failure::Denied(ACCESS_DENIED));
    }
    if !costs(&plan, &params.price.0, &params.currency.0) {
        return Err(Failure::refused(ANOTHER_PRICE));
    }
    let asked = Asked {
        customer: CustomerId(params.customer.0),
        plan,
        note: params.metadata.0,
        expires: (params.expires.0 > 0).then_some(params.expires.0),
    };
    let made = by_program::start(call.app(), &call.origin(), asked).await;
    let session = made.map_err(|error| not_found(error, CUSTOMER_NOT_FOUND))?;
    Ok(Answer::done().with("sessionId", session.id).with("url", session.url))
}

/// Whether the plan costs what the caller thinks; nothing and 0 mean that the caller does not say.
fn costs(plan: &plan::Model, price: &str, currency: &str) -> bool {
    if !currency.is_empty() && !currency.eq_ignore_ascii_case(&plan.currency) {
        return false;
    }
    if price.is_empty() || price.parse() == Ok(0.0) {
        return true;
    }
    let Ok(currency) = Currency::parse(&plan.currency) else { return false };
    same_amount(price, Money::new(plan.amount, currency))
}

/// Whether a price as programs write it (`9.99`, `9.9`, `9`) is that much money.
fn same_amount(price: &str, money: Money) -> bool {
    let digits = usize::try_from(money.currency.exponent()).unwrap_or_default();
    let (whole, part) = price.split_once('.').unwrap_or((price, ""));
    let part = format!("{:0<digits$}", part.trim_end_matches('0'));
    part.len() == digits && format!("{whole}{part}").parse() == Ok(money.minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_as_programs_write_them() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).unwrap());
        for (price, minor, code, same) in [
            ("9.99", 999, "EUR", true),
            ("9.9", 990, "EUR", true),
            ("9", 900, "EUR", true),
            ("9.00", 900, "EUR", true),
            ("900", 900, "JPY", true),
            ("9.991", 999, "EUR", false),
            ("9.98", 999, "EUR", false),
            ("free", 0, "EUR", false),
        ] {
            assert_eq!(same_amount(price, money(minor, code)), same, "{price} {code}");
        }
    }
}
