//! Webshops.

pub const TITLE: &str = "Webshops";
pub const ONE: &str = "Webshop";
pub const INTRO: &str = "What customers can buy, in which currency, and into which Stripe account they pay. Each customer is bound to one.";
pub const NEW: &str = "New webshop";
pub const NAME: &str = "Name";
pub const STATE: &str = "State";
pub const OPEN: &str = "Open";
pub const OFF: &str = "Switched off";
pub const UNPAYABLE: &str = "No Stripe account";
pub const CURRENCY: &str = "Currency";
pub const EVERY_CURRENCY: &str = "Every currency";
pub const CURRENCY_HELP: &str =
    "Three letters such as EUR: only prices in it are offered. Empty: prices in every currency.";
pub const CURRENCY_WRONG: &str = "Enter a currency such as EUR, or leave this empty.";
pub const PRODUCTS: &str = "Products";
pub const ALL_PRODUCTS: &str = "All products";
pub const ALL_PRODUCTS_NOTE: &str = "Those that are added later too.";
pub const SOME_PRODUCTS: &str = "Only these";
pub const SOME_PRODUCTS_NOTE: &str = "What is not ticked is not offered here.";
pub const WHAT: &str = "What is sold?";
pub const NO_PRODUCTS: &str = "There are no products yet.";
pub const CHOOSE_SOME: &str = "Choose at least one product, or sell all of them.";
pub const ACCOUNT: &str = "Stripe account";
pub const ACCOUNT_HELP: &str = "Prices of this account are offered, and payments go to it.";
pub const NOT_CONNECTED: &str = "Not connected";
pub const TERMS_URL: &str = "Terms of use";
pub const TERMS_URL_HELP: &str = "The https address of terms of its own. Its customers accept them in place of those under Settings; those who use the portal are asked at their next visit. Empty: those under Settings.";
pub const TERMS_VERSION: &str = "Version of the terms";
pub const TERMS_VERSION_HELP: &str = "A label such as 2.1. Empty: today's date for another address.";
pub const PLANS: &str = "Plans";
pub const CUSTOMERS: &str = "Customers";
pub const DEFAULT: &str = "New customers are bound to this one.";
pub const ACTIVE: &str = "Customers can buy here";
pub const ACTIVE_HELP: &str =
    "Switched off, nothing can be bought. Subscriptions that run go on, and customers still manage them.";
pub const SWITCH_OFF_QUESTION: &str = "Switch this webshop off?";
pub const SWITCH_OFF_TEXT: &str =
    "Its customers can buy nothing until it is switched on again. What they subscribed to goes on.";
pub const SWITCH_OFF: &str = "Switch off";
pub const CREATE: &str = "Add webshop";
pub const SAVED: &str = "The webshop is saved.";
pub const NO_PLANS: &str = "Nothing can be bought here yet: no plan that is offered fits the account, the currency and the products chosen.";
pub const SHOW_CUSTOMERS: &str = "Show its customers";

pub const CUSTOMER_TITLE: &str = "Webshop";
pub const CHANGE: &str = "Change webshop";
pub const CHANGE_TEXT: &str = "They will be offered what that webshop sells, in its currency. What they subscribed to stays where it is paid now. Where one of the two has terms of use of its own, they are asked to accept those that hold there.";
pub const CHANGE_SAVE: &str = "Change";
pub const CHANGED: &str = "The webshop is changed.";

pub fn created(name: &str) -> String {
    ["The webshop “", name, "” is added."].concat()
}

/// `3 products`.
pub fn products(count: usize) -> String {
    let word = if count == 1 { " product" } else { " products" };
    [count.to_string().as_str(), word].concat()
}
