//! The dashboard.

pub const TITLE: &str = "Dashboard";
pub const CUSTOMERS: &str = "Customers";
pub const ACTIVE_SUBSCRIPTIONS: &str = "Active subscriptions";
pub const ACTIVE_KEYS: &str = "Active licence keys";
pub const RENEWALS: &str = "Renewals in 7 days";
pub const PAST_DUE: &str = "Past due";
pub const ATTENTION: &str = "Needs attention";
pub const NOTHING_DUE: &str = "nothing to do";
pub const SEE_THEM: &str = "a payment failed";
pub const TO_DECIDE: &str = "waits for a decision";

pub const CHART_CUSTOMERS: &str = "New customers";
pub const CHART_SUBSCRIPTIONS: &str = "Active subscriptions";
pub const LATEST_CUSTOMERS: &str = "Latest customers";
pub const LATEST_MESSAGES: &str = "Latest messages";
pub const ALL_CUSTOMERS: &str = "All customers";
pub const ALL_MESSAGES: &str = "All messages";
pub const NO_CUSTOMERS: &str = "No customers yet";
pub const NO_CUSTOMERS_BODY: &str = "Share the sign-up link, or add a customer by hand.";
pub const NO_MESSAGES: &str = "No messages yet";
pub const ADD_CUSTOMER: &str = "Add a customer";
pub const SIGN_UP_LINK: &str = "Sign-up link";

pub const SETUP_TITLE: &str = "Get ready to sell";
pub const SETUP_INTRO: &str = "Each step ticks itself when it is done. You can do them in any order.";
pub const SETUP_REST: &str = "Left to set up";
pub const STEP_COMPANY: (&str, &str) =
    ("Say who you are", "Name, logo and colour lead in the customers' portal.");
pub const STEP_STRIPE: (&str, &str) =
    ("Connect Stripe", "Paste a key; the webhook endpoint is made for you.");
pub const STEP_PRODUCT: (&str, &str) =
    ("Offer a product", "Tie a Stripe product to one of yours, so that its prices become plans.");
pub const STEP_TERMS: (&str, &str) = (
    "Set your terms of use",
    "Customers accept them before anything else. Without terms there is no such step.",
);
pub const STEP_MAIL: (&str, &str) =
    ("Set the mail server", "Sign-up proves e-mail addresses, so it needs mail.");
pub const STEP_LINK: (&str, &str) = ("Share the sign-up link", "Anyone who has it can become a customer.");

/// A tile's note.
pub fn new_in_30_days(count: i64) -> String {
    format!("{count} new in 30 days")
}

/// How fresh a chart is; `time` is already formatted.
pub fn as_of(time: &str) -> String {
    ["Last 30 days, as of ", time].concat()
}
