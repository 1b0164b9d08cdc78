//! Connecting Stripe, and the Stripe check.

pub const TITLE: &str = "Stripe check";
pub const SECTIONS: &str = "Parts of Stripe";
pub const SECTION_CHECK: &str = "Check";
pub const INTRO: &str =
    "Whether everything between Stripe and Latchkey is as it should be, and what to mend where it is not.";
pub const SYNC: &str = "Read the catalogue again";
pub const CONNECT: &str = "Connect Stripe";
pub const CHANGE_KEY: &str = "Change key";
pub const DISCONNECT: &str = "Disconnect";
pub const NOT_CONNECTED_TITLE: &str = "Stripe is not connected";
pub const NOT_CONNECTED_BODY: &str = "Customers can sign up and staff can make keys by hand, but nobody can pay yet. Connecting takes about three minutes.";
pub const ASK_OWNER: &str = "Ask an owner or admin to connect it.";

pub const ACCOUNT: &str = "Account";
pub const NAME: &str = "Name";
pub const ACCOUNT_ID: &str = "Account id";
pub const MODE: &str = "Mode";
pub const LIVE: &str = "Live";
pub const SANDBOX: &str = "Sandbox";
pub const KEY: &str = "Key";
pub const RESTRICTED: &str = "restricted";
pub const FULL: &str = "full access";
pub const FIXED: &str = "The key was set when Latchkey was started, so it cannot be changed here.";
pub const DASHBOARD: &str = "Open Stripe’s dashboard";
pub const FULL_ADVICE: &str =
    "A restricted key can do less harm if it is ever lost. Stripe advises using one.";

pub const WEBHOOK: &str = "Webhook";
pub const HEALTHY: &str = "Healthy";
pub const NEEDS_CARE: &str = "Needs attention";
pub const ENDPOINT: &str = "Address";
pub const NO_ENDPOINT: &str = "None is known";
pub const API_VERSION: &str = "Version";
pub const MADE_BY: &str = "Made by";
pub const BY_LATCHKEY: &str = "Latchkey";
pub const BY_HAND: &str = "Hand";
pub const LAST_EVENT: &str = "Last event";
pub const NO_EVENT: &str = "None so far";
pub const PENDING: &str = "Waiting";
pub const FAILED: &str = "Given up";
pub const PROVISION: &str = "Set up the webhook";
pub const PROVISION_AGAIN: &str = "Set up anew";
pub const PROVISIONED: &str = "The webhook is set up at Stripe.";
pub const PROVISION_HELP: &str = "Latchkey makes the endpoint at Stripe and keeps its secret sealed.";

pub const PERMISSIONS_TITLE: &str = "The key may not do everything that Latchkey needs";
pub const PERMISSIONS_BODY: &str =
    "Edit the restricted key in Stripe and allow these, then read the catalogue again.";
pub const PERMISSION: &str = "Permission";
/// Between a missing permission and what it is needed for.
pub const FOR: &str = "for";
pub const NEEDED_FOR: &str = "Needed for";

pub const CATALOGUE: &str = "Products and prices in Stripe";
pub const READ: &str = "Read";
pub const NEVER_READ: &str = "Not read yet";
pub const CATALOGUE_EMPTY_TITLE: &str = "No products in Stripe yet";
pub const CATALOGUE_EMPTY_BODY: &str =
    "Make a product with a recurring price in Stripe, then read the catalogue again.";
pub const ONLY_PROBLEMS: &str = "Only what is not offered";
pub const ALL: &str = "All";
pub const ALL_OFFERED: &str = "Everything in the catalogue is offered.";
pub const OFFERED: &str = "Offered";
pub const NOT_OFFERED: &str = "Not offered";
pub const PRICE: &str = "Price";
pub const AMOUNT: &str = "Amount";
pub const STATE: &str = "State";
pub const WHY: &str = "Reason and what to do";
pub const BECAUSE_OF_PRODUCT: &str = "See above what the product lacks.";
pub const NO_PRICES: &str = "No prices.";
pub const IS_PRODUCT: &str = "Product";
pub const NOT_MAPPED: &str = "Not connected to a product";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";

pub const MAP: &str = "Connect to a product";
pub const MAP_AGAIN: &str = "Connect to another product";
pub const MAP_TEXT: &str = "Latchkey writes the number of the product into skm_product_id at Stripe.";
pub const MAP_WHICH: &str = "Which product of Latchkey is it?";
pub const MAP_NEW_NOTE: &str = "A new product with the name that it has in Stripe.";
pub const MAP_NEW: &str = "Make a new one";
pub const MAP_EXISTING: &str = "One that exists";
pub const MAP_EXISTING_NOTE: &str = "Its keys will be made for what customers buy here.";
pub const MAP_PRODUCT: &str = "Product";
pub const MAP_CHOOSE: &str = "Choose a product";
pub const MAP_SAVE: &str = "Connect";

pub const WHICH_ACCOUNT: &str = "Stripe account";
pub const ADD_ACCOUNT: &str = "Add a further Stripe account";
pub const ADD_ACCOUNT_INTRO: &str =
    "For a webshop that is paid into an account of its own. Each account keeps its own customers and prices.";
pub const RENAME: &str = "Rename";
pub const RENAME_TITLE: &str = "Rename the account";
pub const RENAME_HELP: &str = "What it is called here. Stripe does not learn of it.";
pub const RENAMED: &str = "The account is renamed.";
pub const FURTHER_DISCONNECT_TEXT: &str = "Its key and its webhook endpoints are removed and its plans are withdrawn. That is possible as long as no webshop, customer or subscription depends on it.";
pub const FURTHER_DISCONNECTED: &str = "The account is disconnected.";
pub const WEBHOOK_OWN_LATER: &str =
    "Its address stands under Endpoints once the account is connected; enter the signing secret there.";

pub const DISCONNECT_QUESTION: &str = "Disconnect Stripe?";
pub const DISCONNECT_TEXT: &str = "Nobody can subscribe any more, and renewals and cancellations at Stripe are no longer followed. Licence keys go on working until they expire.";
pub const DISCONNECT_CONFIRM: &str = "Disconnect Stripe";
pub const DISCONNECTED: &str = "Stripe is disconnected.";

pub const CONNECT_TITLE: &str = "Connect Stripe";
pub const STEP_KEY: &str = "Key";
pub const STEP_MAY: &str = "What it may do";
pub const STEP_WEBHOOK: &str = "Webhook";
pub const STEP_KEY_BODY: &str = "Make a restricted key in Stripe under Developers, API keys, and paste it here. A sandbox key begins with rk_test_, a live one with rk_live_. A secret key (sk_…) works too.";
pub const STEP_MAY_BODY: &str =
    "Allow a restricted key these. Whatever is missing is named when you connect.";
pub const STEP_WEBHOOK_BODY: &str = "Stripe tells Latchkey about payments through a webhook.";
pub const SECRET_KEY: &str = "Key";
pub const SECRET_KEY_HELP: &str =
    "It is tried at Stripe before it is kept, then sealed and never shown again.";
pub const SECRET_KEY_MISSING: &str = "Paste a key that begins with rk_ or sk_.";
pub const SECRET_KEY_PUBLISHABLE: &str = "This is a publishable key. Latchkey needs the restricted or the secret one, which begins with rk_ or sk_.";
pub const WEBHOOK_HOW: &str = "Who makes the webhook?";
pub const WEBHOOK_AUTO: &str = "Latchkey makes it";
pub const WEBHOOK_AUTO_NOTE: &str = "Recommended. The key needs Webhook Endpoints: write.";
pub const WEBHOOK_OWN: &str = "I make it myself";
pub const WEBHOOK_OWN_NOTE: &str =
    "Add an endpoint in Stripe with the address below and paste its signing secret.";
pub const WEBHOOK_ADDRESS: &str = "Address of the endpoint";
pub const WEBHOOK_SECRET: &str = "Signing secret";
pub const WEBHOOK_SECRET_HELP: &str = "It begins with whsec_. You can add it later.";
pub const TRY_AND_KEEP: &str = "Try the key and connect";
pub const CONNECTED: &str = "Stripe is connected.";
pub const OPEN_KEYS: &str = "Open API keys in Stripe";
pub const KEYS_URL: &str = "https://dashboard.stripe.com/apikeys";

pub const LEVEL: &str = "Level";
pub const READ_LEVEL: &str = "Read";
pub const WRITE_LEVEL: &str = "Write";

/// What a restricted key must be allowed: Stripe's name, whether to write, what for.
pub const PERMISSIONS: [(&str, bool, &str); 14] = [
    ("Account", false, "Show which account is connected"),
    ("Customers", true, "Make your customers known to Stripe"),
    ("Products", true, "Read what you sell; connect or publish a product from here"),
    ("Prices", true, "Show plans with their amounts; publish plans from here"),
    ("Checkout Sessions", true, "Let customers subscribe and pay"),
    ("Subscriptions", true, "Issue keys; cancel and keep subscriptions"),
    ("Invoices", false, "Know what is paid for, and show invoices"),
    ("Charges and Refunds", true, "See refunds, and give money back"),
    ("Disputes", false, "See disputes"),
    ("Customer portal", true, "Let customers change their card"),
    ("Events", false, "Catch up on what did not arrive"),
    ("Webhook Endpoints", true, "Set up the webhook by itself"),
    ("Billing Meters", false, "Find what use is counted for"),
    ("Billing Meter Events", true, "Report use that is charged for"),
];

pub fn map_title(name: &str) -> String {
    ["Connect “", name, "”"].concat()
}

pub fn mapped(name: &str) -> String {
    ["“", name, "” is connected."].concat()
}

/// What reading the catalogue came to.
pub fn synced(products: i64, prices: i64, offered: i64) -> String {
    let many = |count: i64, one: &str, more: &str| {
        [count.to_string().as_str(), " ", if count == 1 { one } else { more }].concat()
    };
    [
        &many(products, "product", "products"),
        " and ",
        &many(prices, "price", "prices"),
        " read; ",
        &many(offered, "is offered.", "are offered."),
    ]
    .concat()
}

/// `America · Live · acct_1…`.
pub fn account_choice(name: &str, id: &str, mode: &str) -> String {
    let name = if name.is_empty() { id } else { name };
    [name, " · ", mode, " · ", id].concat()
}

/// `rk_…4f2a`.
pub fn key_hint(restricted: bool, hint: &str) -> String {
    [if restricted { "rk_…" } else { "sk_…" }, hint].concat()
}

#[cfg(test)]
mod tests {
    use super::synced;

    #[test]
    fn counts_agree_with_their_words() {
        assert_eq!(synced(1, 2, 1), "1 product and 2 prices read; 1 is offered.");
        assert_eq!(synced(0, 1, 0), "0 products and 1 price read; 0 are offered.");
    }
}
