//! Products, their plans and the keys under them.

pub const TITLE: &str = "Products";
pub const ONE: &str = "Product";
pub const NEW: &str = "New product";
pub const SEARCH: &str = "Search products";
pub const EMPTY_TITLE: &str = "No products yet";
pub const EMPTY_BODY: &str =
    "A product is what customers buy licence keys of. Make one here, or connect one that exists in Stripe.";

pub const NAME: &str = "Name";
pub const ID: &str = "Id";
pub const STATE: &str = "State";
pub const PLANS: &str = "Plans";
pub const KEYS: &str = "Licence keys";
pub const ACTIVE_KEYS: &str = "Active keys";
pub const CREATED: &str = "Created";
pub const ACTIVE: &str = "Active";
pub const ARCHIVED: &str = "Archived";
pub const PRODUCT_ID: &str = "product id";
pub const PRODUCT_ID_TITLE: &str = "The number that skm_product_id in Stripe names";

pub const DESCRIPTION: &str = "Description";
pub const DESCRIPTION_HELP: &str = "Customers read it beside the plans.";
pub const KIND: &str = "What it is in a subscription";
pub const KIND_HELP: &str =
    "Each subscription has one base product. Extras come with it and cannot be bought alone.";
pub const CREATE: &str = "Create product";

pub const TAB_PLANS: &str = "Plans";
pub const TAB_KEYS: &str = "Licence keys";
pub const TAB_TEMPLATES: &str = "Templates";
pub const TAB_LICENSING: &str = "Licensing";
pub const TAB_SETTINGS: &str = "Settings";
pub const TABS_LABEL: &str = "Parts of this product";

pub const PLAN: &str = "Plan";
pub const PRICE: &str = "Price";
pub const TRIAL: &str = "Trial";
pub const INCLUDES: &str = "The key allows";
pub const OFFERED: &str = "Offered";
pub const NOT_OFFERED: &str = "Not offered";
pub const NO_TRIAL: &str = "None";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";
pub const STRIPE: &str = "Stripe";
pub const PLANS_EMPTY_TITLE: &str = "No plans yet";
pub const PLANS_EMPTY_BODY: &str = "A plan mirrors a recurring price in Stripe. The Stripe check lists every price and says what keeps it from being offered.";
pub const OPEN_CHECK: &str = "Open the Stripe check";
pub const WHY_NOT: &str = "Why is a plan not offered? See the Stripe check.";

pub const KEYS_SEARCH: &str = "Filter licence keys";
pub const KEYS_HINT: &str = "A key, a customer, or a filter such as Id=123, F1 = true, key.contains(\"AB\"), customer.name = \"Bob\", expires < today+30d";
pub const NEW_KEY: &str = "New licence key";
pub const KEYS_EMPTY_TITLE: &str = "No licence keys yet";
pub const KEYS_EMPTY_BODY: &str = "Keys appear here when customers pay, and when you make one by hand.";

pub const STATE_LABEL: &str = "Sell and show this product";
pub const STATE_HELP: &str = "An archived product is no longer offered. Its licence keys go on working.";
pub const GRACE: &str = "Grace";
pub const GRACE_HELP: &str = "How long a key goes on working after what was paid for is over, so that a late payment locks nobody out.";
pub const GRACE_WRONG: &str = "Enter a whole number of days from 0 to 365.";
pub const DAYS: &str = "days";
pub const FEATURES_TITLE: &str = "Names of the features";
pub const FEATURES_HELP: &str = "Each licence key has eight switches, F1 to F8. Name those that you use: customers and staff read the names.";
pub const CHANGED_MEANWHILE: &str = "Somebody else changed this product while you were editing. What you typed is still here; load their version to start again from it.";
pub const LOAD_THEIRS: &str = "Load the newer version";
pub const UNUSED: &str = "not used";

/// The eight switches of a key.
pub const FEATURES: [&str; 8] = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"];

/// `F3 · Export`, or `F3` where it has no name.
pub fn feature(index: usize, name: &str) -> String {
    let letter = FEATURES.get(index).copied().unwrap_or_default();
    if name.trim().is_empty() { letter.to_owned() } else { [letter, " · ", name.trim()].concat() }
}

pub fn created(name: &str) -> String {
    ["“", name, "” was created."].concat()
}

pub fn saved(name: &str) -> String {
    ["“", name, "” was saved."].concat()
}

/// `14 days`.
pub fn days(count: i64) -> String {
    let unit = if count == 1 { " day" } else { " days" };
    [count.to_string().as_str(), unit].concat()
}
