//! Addresses of things in Stripe's dashboard.

const DASHBOARD: &str = "https://dashboard.stripe.com";

/// The dashboard's first page, in live or test mode.
pub fn home(live: bool) -> String {
    if live { DASHBOARD.to_owned() } else { format!("{DASHBOARD}/test") }
}

pub fn product(live: bool, id: &str) -> String {
    format!("{}/products/{id}", home(live))
}

pub fn price(live: bool, id: &str) -> String {
    format!("{}/prices/{id}", home(live))
}

pub fn customer(live: bool, id: &str) -> String {
    format!("{}/customers/{id}", home(live))
}

pub fn subscription(live: bool, id: &str) -> String {
    format!("{}/subscriptions/{id}", home(live))
}

pub fn invoice(live: bool, id: &str) -> String {
    format!("{}/invoices/{id}", home(live))
}

pub fn payment(live: bool, id: &str) -> String {
    format!("{}/payments/{id}", home(live))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_mode_has_its_own_part() {
        assert_eq!(customer(true, "cus_1"), "https://dashboard.stripe.com/customers/cus_1");
        assert_eq!(price(false, "price_1"), "https://dashboard.stripe.com/test/prices/price_1");
    }
}
