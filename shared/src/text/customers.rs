//! Customers: the list, adding one, one customer.

pub const TITLE: &str = "Customers";
pub const ONE: &str = "Customer";
pub const ADD: &str = "Add customer";
pub const SIGN_UP_LINK: &str = "Sign-up link";
pub const SEARCH: &str = "Search or filter customers";
pub const SEARCH_HINT: &str = "A name, e-mail address, id, Stripe id or licence key, or a filter such as status = active and company contains acme";
pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_ACTIVE: &str = "Active";
pub const VIEW_TRIAL: &str = "Trial";
pub const VIEW_PAST_DUE: &str = "Past due";
pub const VIEW_DISABLED: &str = "Disabled";
pub const EMPTY_TITLE: &str = "No customers yet";
pub const EMPTY_BODY: &str =
    "Share the sign-up link, or add a customer by hand and send them a link of their own.";

pub const NAME: &str = "Name";
pub const EMAIL: &str = "E-mail";
pub const COMPANY: &str = "Company";
pub const STATUS: &str = "Status";
pub const SUBSCRIPTIONS: &str = "Subscriptions";
pub const KEYS: &str = "Keys";
pub const SINCE: &str = "Since";
pub const ID: &str = "Id";

pub const NEW_TITLE: &str = "Add a customer";
pub const GROUP_WHO: &str = "Who it is";
pub const GROUP_PORTAL: &str = "Customer portal";
pub const GROUP_INTERNAL: &str = "For staff only";
pub const EMAIL_HELP: &str = "Their association link can be sent here, and it becomes their sign-in.";
pub const PHONE: &str = "Phone";
pub const COUNTRY: &str = "Country";
pub const NO_COUNTRY: &str = "Not known";
pub const EXTERNAL_ID: &str = "Your own number";
pub const EXTERNAL_ID_HELP: &str = "From your books or shop system. It can be searched for.";
pub const NOTES: &str = "Notes";
pub const NOTES_HELP: &str = "Customers never see them.";
pub const ENABLE_ASSOCIATION: &str = "Enable customer association";
pub const ENABLE_ASSOCIATION_HELP: &str =
    "Makes a personal link. Whoever opens and confirms it signs in as this customer.";
pub const ALLOW_ACTIVATION: &str = "May manage activations";
pub const ALLOW_ACTIVATION_HELP: &str = "The customer may free machines from their licence keys.";
pub const ALLOW_USERS: &str = "May have several sign-ins";
pub const ALLOW_USERS_HELP: &str = "The association link goes on working after its first use.";
pub const MAX_MACHINES: &str = "Machines of all licences together";
pub const MAX_MACHINES_UNIT: &str = "machines";
pub const MAX_MACHINES_HELP: &str =
    "On top of what each licence key allows. Empty or 0: any number. Machines in use stay.";
pub const AT_MOST: &str = "Machines, at most";

pub const TABS: &str = "Customer";
pub const TAB_OVERVIEW: &str = "Overview";
pub const TAB_SUBSCRIPTIONS: &str = "Subscriptions";
pub const TAB_KEYS: &str = "Licence keys";
pub const TAB_TRANSACTIONS: &str = "Transactions";
pub const TAB_MESSAGES: &str = "Messages";
pub const TAB_TERMS: &str = "Terms";
pub const TAB_HISTORY: &str = "History";
pub const TAB_EDIT: &str = "Edit";

pub const CUSTOMER_ID: &str = "customer id";
pub const CALL: &str = "Call";
pub const WRITE: &str = "Write to";
pub const DAYS: &str = "days";
pub const DAY: &str = "day";
pub const RENEWS: &str = "till renewal";
pub const ENDS: &str = "till the end";
pub const MESSAGE: &str = "Message";
pub const EDIT: &str = "Edit";
pub const MORE: &str = "More actions";
pub const ADD_KEY: &str = "Add a licence key";
pub const DISABLE: &str = "Disable access";
pub const ENABLE: &str = "Enable access";
pub const DISABLE_CONFIRM: &str = "Disable access";
pub const DISABLE_TEXT: &str = "Everybody who signs in for this customer loses access to the portal at once. Subscriptions go on, and licence keys go on working. You can enable access again at any time.";
pub const DISABLED: &str = "Access to the portal is disabled.";
pub const DISABLED_BANNER: &str = "This customer cannot use the portal.";
pub const DISABLED_BANNER_TEXT: &str = "Subscriptions and licence keys are not touched by that.";
pub const ENABLED: &str = "Access to the portal is enabled.";

pub const NO_SUBSCRIPTIONS: &str = "No subscriptions";
pub const NO_SUBSCRIPTIONS_BODY: &str = "A subscription begins when the customer pays in the portal.";
pub const NO_KEYS: &str = "No licence keys";
pub const NO_KEYS_BODY: &str = "A key is made when the customer pays, or by hand.";
pub const SEE_ALL_KEYS: &str = "All keys of this customer";
pub const PLAN: &str = "Plan";
pub const PRICE: &str = "Price";
pub const PAID_THROUGH: &str = "Paid through";
pub const TRIAL_ENDS: &str = "Trial ends";
pub const CANCELS: &str = "Ends";
pub const ENDED: &str = "Ended";
pub const NEXT_PAYMENT: &str = "Next payment";
pub const QUANTITY: &str = "Quantity";
pub const KEY: &str = "Licence key";
pub const PRODUCT: &str = "Product";
pub const EXPIRES: &str = "Expires";
pub const NEVER: &str = "Never";
pub const MACHINES: &str = "Machines";
pub const NEVER_EXPIRES: &str = "Never expires";
pub const ANY_NUMBER: &str = "any";
pub const KEY_PENDING: &str = "Paid; the key is being made.";
pub const RECENT: &str = "Lately";
pub const WHOLE_HISTORY: &str = "Whole history";
pub const NO_HISTORY: &str = "Nothing has happened yet";
pub const HISTORY_CUT: &str = "The latest 50 entries.";

pub const SUBJECT: &str = "Subject";
pub const STATE: &str = "State";
pub const WHEN: &str = "When";
pub const NO_MESSAGES: &str = "No messages yet";
pub const NO_MESSAGES_BODY: &str = "What is sent to this customer appears here.";
pub const NEW_MESSAGE: &str = "Write a message";
pub const MESSAGE_TEXT: &str = "Text";
pub const SEND: &str = "Send";
pub const SENT: &str = "The message is on its way.";
pub const NO_ADDRESS: &str = "There is no e-mail address to write to.";
pub const ADD_ADDRESS: &str = "Add one";

pub const ACCEPTED_BY: &str = "Accepted by";
pub const VERSION: &str = "Version";
pub const SCOPE: &str = "For";
pub const FROM: &str = "From";
pub const ACCEPTED: &str = "Accepted";
pub const CURRENT: &str = "In force";
pub const OUTDATED: &str = "Earlier version";
pub const NO_ACCEPTANCES: &str = "Nothing accepted yet";
pub const NO_ACCEPTANCES_BODY: &str = "Terms are asked for when somebody signs in for this customer.";
pub const THE_VENDOR: &str = "Vendor";

pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const SAVED: &str = "The customer is saved.";
pub const LOAD_AGAIN: &str = "Load again";

pub const LINK_TITLE: &str = "Association link";
pub const LINK_OFF: &str = "Off";
pub const LINK_OPEN: &str = "Not used yet";
pub const LINK_USED: &str = "Used";
pub const LINK_REVOKED: &str = "Revoked";
pub const LINK_OFF_TEXT: &str =
    "Make a personal link, so that this customer can sign in and see what is theirs.";
pub const LINK_REVOKED_TEXT: &str = "The link does not work any more. Renew it to invite again.";
pub const LINK_LABEL: &str = "Personal link";
pub const LINK_QR: &str = "QR code of the personal link";
pub const LINK_SHOW_QR: &str = "QR code";
pub const LINK_ENABLE: &str = "Enable association";
pub const LINK_SEND: &str = "Send";
pub const LINK_RENEW: &str = "Renew";
pub const LINK_REVOKE: &str = "Revoke";
pub const LINK_ENABLED: &str = "The personal link is ready.";
pub const LINK_SENT: &str = "The link is on its way.";
pub const LINK_RENEWED: &str = "There is a new link; the old one no longer works.";
pub const LINK_REVOKED_DONE: &str = "The link no longer works.";
pub const LINK_RENEW_TEXT: &str = "The present link stops working at once. People who used it keep their access; whoever has not must get the new one.";
pub const LINK_REVOKE_TEXT: &str = "The link stops working at once. People who used it keep their access. You can make a new link at any time.";
pub const LINK_USED_BY: &str = "Used by";
pub const LINK_USED_AT: &str = "Used";
pub const LINK_SENT_AT: &str = "Sent";
pub const LINK_MADE_AT: &str = "Made";
pub const LINK_HIDDEN: &str = "Your role does not show the link itself.";

pub const STRIPE_TITLE: &str = "Stripe";
pub const STRIPE_NONE: &str = "Not in Stripe yet. Stripe's customer is made at the first purchase.";
pub const STRIPE_OPEN: &str = "Open in Stripe";
pub const STRIPE_ID: &str = "Stripe id";
pub const USERS_TITLE: &str = "Sign-ins";
pub const USERS_NONE: &str = "Nobody signs in for this customer yet.";
pub const LAST_SEEN: &str = "last seen";
pub const NEVER_SEEN: &str = "not seen yet";
pub const TERMS_TITLE: &str = "Terms of use";
pub const TERMS_ACCEPTED: &str = "Accepted the version in force";
pub const TERMS_OUTDATED: &str = "Accepted an earlier version";
pub const TERMS_NONE: &str = "Not accepted";
pub const NOTES_TITLE: &str = "Notes";
pub const NOTES_NONE: &str = "No notes.";
pub const CONTACT_TITLE: &str = "Details";

pub const CHOOSE_PRODUCT: &str = "For which product?";
pub const NO_PRODUCTS: &str = "There are no products yet.";

pub fn added(name: &str) -> String {
    [name, " is added."].concat()
}

/// Title of the question before access is taken away.
pub fn disable_question(name: &str) -> String {
    ["Disable access for ", name, "?"].concat()
}

pub fn renew_question(name: &str) -> String {
    ["Renew the link of ", name, "?"].concat()
}

pub fn revoke_question(name: &str) -> String {
    ["Revoke the link of ", name, "?"].concat()
}

/// Who did something, where no name is known.
pub fn source(word: &str) -> &str {
    match word {
        "staff" => "Staff",
        "portal" => "Customer",
        "stripe" => "Stripe",
        "api" => "API",
        "scheduler" | "system" => "Latchkey",
        "import" => "Import",
        other => other,
    }
}
