//! Subscriptions as staff see them.

pub const TITLE: &str = "Subscriptions";
pub const ONE: &str = "Subscription";
pub const SEARCH: &str = "Filter subscriptions";
pub const SEARCH_HINT: &str =
    "A customer, a Stripe id, or a filter such as status = trial, paid_through < today+7d";
pub const EMPTY_TITLE: &str = "No subscriptions yet";
pub const EMPTY_BODY: &str =
    "They appear here as soon as a customer has paid. Share the sign-up link to begin.";
pub const OPEN_LINK: &str = "Open the sign-up link";

pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_ACTIVE: &str = "Active";
pub const VIEW_TRIAL: &str = "Trial";
pub const VIEW_PAST_DUE: &str = "Past due";
pub const VIEW_CANCELLED: &str = "Cancelled";

pub const ID: &str = "Id";
pub const CUSTOMER: &str = "Customer";
pub const PLAN: &str = "Plan";
pub const PRODUCT: &str = "Product";
pub const STATUS: &str = "Status";
pub const PRICE: &str = "Price";
pub const QUANTITY: &str = "Quantity";
pub const EXTRAS: &str = "Extras";
pub const EXTENDED_UNTIL: &str = "Extended until";
pub const PAID_THROUGH: &str = "Paid through";
pub const TRIAL_ENDS: &str = "Trial ends";
pub const ENDS: &str = "Ends";
pub const ENDED: &str = "Ended";
pub const CREATED: &str = "Began";
pub const KEYS: &str = "Licence keys";
pub const STRIPE_ID: &str = "Stripe id";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";
pub const NOT_STRIPE: &str = "Not billed by Stripe";
pub const NO_PRICE: &str = "None";

pub const CONTRACT: &str = "Contract";
pub const KEY_PENDING: &str = "Key on its way";
/// Below the heading that says that these are keys.
pub const KEY_PENDING_SHORT: &str = "Pending";
pub const KEY_PENDING_TITLE: &str = "This was charged, and the licence key is not there yet";
pub const KEY_PENDING_BODY: &str =
    "Latchkey makes it by itself within seconds. If it does not, read the subscription from Stripe again.";
pub const NO_KEYS_TITLE: &str = "No licence key";
pub const NO_KEYS_BODY: &str = "A key is made when the first payment arrives or the trial begins.";
pub const UNDECIDED_BODY: &str =
    "This was charged, and its key waits for your decision: see “Needs attention” above.";
pub const CANCELS_TITLE: &str = "Cancelled at the end of what is paid for";
pub const WAITS_TITLE: &str = "It begins with the customer's first sign-in";
pub const WAITS_BODY: &str =
    "When somebody next opens the portal for this customer, its time begins and its keys are made.";
pub const PAST_DUE_TITLE: &str = "A payment failed";
pub const PAST_DUE_BODY: &str = "Stripe tries again by itself. What was bought still works for now.";
/// Names a key in a list.
pub fn key_number(id: i64) -> String {
    ["Key ", &id.to_string()].concat()
}

pub const SYNC: &str = "Read from Stripe again";
pub const SYNC_HELP: &str = "Fetches the subscription and brings status, expiry and keys in line with it.";
pub const SYNCED: &str = "The subscription is in line with Stripe.";

/// A plan's name with how many of it and what is in a subscription besides.
pub fn with_extras(plan: String, quantity: i64, extras: &[String]) -> String {
    let mut words = plan;
    if quantity > 1 {
        words.push_str(" × ");
        words.push_str(&quantity.to_string());
    }
    for extra in extras {
        words.push_str(" + ");
        words.push_str(extra);
    }
    words
}
