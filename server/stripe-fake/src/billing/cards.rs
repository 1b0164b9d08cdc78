//! The simulated cards and how they pay.

use crate::{
    error::ApiError,
    ids::new_id,
    objects::payment::{bank_account, payment_method},
    world::{World, text},
};
use serde_json::{Value, json};

/// A card number that means something here.
pub(crate) struct TestCard {
    number: &'static str,
    /// The name of a ready-made payment method, as in `pm_card_visa`.
    ready_made: &'static str,
    brand: &'static str,
    behaviour: &'static str,
}

const CARDS: &[TestCard] = &[
    TestCard { number: "4242424242424242", ready_made: "pm_card_visa", brand: "visa", behaviour: "pays" },
    TestCard {
        number: "5555555555554444",
        ready_made: "pm_card_mastercard",
        brand: "mastercard",
        behaviour: "pays",
    },
    TestCard {
        number: "4000000000000002",
        ready_made: "pm_card_chargeDeclined",
        brand: "visa",
        behaviour: "generic_decline",
    },
    TestCard {
        number: "4000000000009995",
        ready_made: "pm_card_chargeDeclinedInsufficientFunds",
        brand: "visa",
        behaviour: "insufficient_funds",
    },
    TestCard {
        number: "4000002500003155",
        ready_made: "pm_card_authenticationRequiredOnSetup",
        brand: "visa",
        behaviour: "authenticates",
    },
    TestCard {
        number: "4000000000000341",
        ready_made: "pm_card_chargeCustomerFail",
        brand: "visa",
        behaviour: "pays_never_again",
    },
    // Two bank accounts: money that is taken three minutes later, and money that bounces then.
    TestCard {
        number: "89370400440532013000",
        ready_made: "pm_sepaDebit",
        brand: "sepa_debit",
        behaviour: "debits",
    },
    TestCard {
        number: "62370400440532013001",
        ready_made: "pm_sepaDebitFail",
        brand: "sepa_debit",
        behaviour: "debit_bounces",
    },
];

/// How a try to pay ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Pays,
    /// The customer has to confirm it.
    NeedsAuthentication,
    /// Declined, with the issuer's reason.
    Declined(String),
}

impl Outcome {
    /// The error Stripe answers with; `None` when it pays.
    pub(crate) fn error(&self) -> Option<ApiError> {
        match self {
            Self::Pays => None,
            Self::NeedsAuthentication => Some(ApiError::card(
                "authentication_required",
                Some("authentication_required"),
                "Your card was declined. This transaction requires authentication.",
            )),
            Self::Declined(reason) => {
                let message = match reason.as_str() {
                    "insufficient_funds" => "Your card has insufficient funds.",
                    "expired_card" => "Your card has expired.",
                    _ => "Your card was declined.",
                };
                let code = if reason == "expired_card" { "expired_card" } else { "card_declined" };
                Some(ApiError::card(code, Some(reason), message))
            }
        }
    }
}

/// The card with this number, spaces allowed; `None` for numbers that mean nothing here.
pub(crate) fn by_number(number: &str) -> Option<&'static TestCard> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    CARDS.iter().find(|card| card.number == digits)
}

impl TestCard {
    /// Whether the customer has to confirm a first payment with it.
    pub(crate) fn authenticates(&self) -> bool {
        self.behaviour == "authenticates"
    }

    /// Whether it is a bank account, whose money takes a while.
    pub(crate) fn is_debit(&self) -> bool {
        self.brand == "sepa_debit"
    }

    /// How a first payment with it ends, once confirmed where needed.
    pub(crate) fn first_payment(&self) -> Outcome {
        match self.behaviour {
            "pays" | "authenticates" | "pays_never_again" | "debits" | "debit_bounces" => Outcome::Pays,
            reason => Outcome::Declined(reason.to_owned()),
        }
    }

    /// A new payment method for it.
    fn payment_method(&self, now: i64) -> Value {
        let last4 = &self.number[self.number.len() - 4..];
        let make = if self.is_debit() { bank_account } else { payment_method };
        make(&new_id("pm"), self.brand, last4, self.behaviour, now)
    }
}

impl World {
    /// Ties a card to a customer, and makes it the one invoices are paid with when there is none.
    pub(crate) fn attach_card(&mut self, customer: &str, card: &TestCard) -> String {
        let now = self.now_for(customer);
        let mut method = card.payment_method(now);
        method["customer"] = json!(customer);
        method["billing_details"]["email"] =
            self.store.get(customer).map(|customer| customer["email"].clone()).unwrap_or_default();
        let id = text(&method, "id").to_owned();
        self.create(method, "payment_method.attached");
        id
    }

    /// The payment method a parameter names: an existing one, or a ready-made one to be attached.
    pub(crate) fn named_card(&mut self, customer: &str, id: &str, param: &str) -> Result<String, ApiError> {
        if let Some(card) = CARDS.iter().find(|card| card.ready_made == id) {
            return Ok(self.attach_card(customer, card));
        }
        self.named("payment_method", id, param)?;
        let now = self.now();
        self.store.change(id, now, |method| method["customer"] = json!(customer));
        Ok(id.to_owned())
    }

    /// Makes a card the one the customer's invoices are paid with.
    pub(crate) fn set_default_card(&mut self, customer: &str, method: &str) {
        self.update(customer, "customer.updated", |customer| {
            customer["invoice_settings"]["default_payment_method"] = json!(method);
        });
    }

    /// The card a subscription would be paid with.
    pub(crate) fn card_for(&self, customer: &str, subscription: Option<&str>) -> Option<String> {
        let own = subscription.and_then(|id| self.store.get(id)?["default_payment_method"].as_str());
        let customers = || self.store.get(customer)?["invoice_settings"]["default_payment_method"].as_str();
        own.or_else(customers).map(str::to_owned)
    }

    /// How taking money from a customer's card ends.
    pub(crate) fn outcome(&self, customer: &str, method: &str) -> Outcome {
        if let Some(reason) = self.chaos.declines.get(customer) {
            return match reason.as_str() {
                "authentication_required" => Outcome::NeedsAuthentication,
                reason => Outcome::Declined(reason.to_owned()),
            };
        }
        match self.store.get(method).map(|method| text(method, "_behaviour")) {
            Some("pays" | "authenticates" | "debits") => Outcome::Pays,
            Some("pays_never_again" | "debit_bounces") | None => {
                Outcome::Declined("generic_decline".to_owned())
            }
            Some(reason) => Outcome::Declined(reason.to_owned()),
        }
    }
}
