//! Licence keys.

pub const TITLE: &str = "Licence keys";
pub const ONE: &str = "Licence key";
pub const SEARCH: &str = "Filter licence keys";
pub const SEARCH_HINT: &str =
    "A key, a customer, or a filter such as blocked = true, expires < today+30d, customer.name contains Acme";
pub const EMPTY_TITLE: &str = "No licence keys yet";
pub const EMPTY_BODY: &str = "Keys appear here when customers pay. To make one by hand, open its product and choose “New licence key”.";
pub const OPEN_PRODUCTS: &str = "Open products";

pub const VIEW_ALL: &str = "All";
pub const VIEW_BLOCKED: &str = "Blocked";
pub const VIEW_SOON: &str = "Expire within 30 days";
pub const VIEWS: &str = "Saved views";

pub const KEY: &str = "Licence key";
pub const ID: &str = "Id";
pub const GLOBAL_ID: &str = "Global id";
pub const PRODUCT: &str = "Product";
pub const CUSTOMER: &str = "Customer";
pub const STATUS: &str = "Status";
pub const EXPIRES: &str = "Expires";
pub const CREATED: &str = "Created";
pub const MACHINES: &str = "Machines";
pub const NEVER: &str = "Never";
pub const NOBODY: &str = "Nobody";
pub const UNLIMITED: &str = "Not locked";
pub const FROM_STRIPE: &str = "Billed by Stripe";
pub const BY_HAND: &str = "Made by hand";
pub const BY_PROGRAM: &str = "Made by a program";
pub const MOVED_IN: &str = "Moved in";
pub const ORIGIN: &str = "Origin";
pub const RESELLER: &str = "Reseller";
pub const TRIAL_WAITS: &str = "Its days begin with the first activation";
pub const TRIAL_BEGAN: &str = "Its days began with an activation";
pub const ID_WHAT: &str = "id";
pub const GLOBAL_ID_WHAT: &str = "global id";
pub const ID_TITLE: &str = "skm_key_id in Stripe; Id= finds it on the product's page";
pub const GLOBAL_ID_TITLE: &str = "skm_key_globalid in Stripe";

pub const NEW_TITLE: &str = "New licence key";
pub const NEW_CUSTOMER_HELP: &str =
    "Whoever it belongs to sees it in the portal at once. It can stay nobody's for now.";
pub const PERIOD: &str = "Valid for";
pub const DAYS: &str = "days";
pub const NEVER_EXPIRES: &str = "Never expires";
pub const PERIOD_MISSING: &str =
    "Enter how many days the key is valid, from 1 to 36,500, or let it never expire.";
pub const FEATURES_TITLE: &str = "Features";
pub const MAX_MACHINES: &str = "Machines at most";
pub const MAX_MACHINES_HELP: &str =
    "On how many machines the key may be activated. 0: it is not locked to machines.";
pub const MACHINES_MISSING: &str = "Enter a whole number from 0 to 1,000,000.";
pub const TRIAL: &str = "Trial activation";
pub const TRIAL_HELP: &str = "The days begin to count when the key is first activated.";
pub const TRIAL_NEEDS_DAYS: &str =
    "There are no days to count. Give the key a number of days, or switch this off.";
pub const ALLOWED: &str = "Only on these machines";
pub const ALLOWED_HELP: &str = "Machine codes, one per line. Empty: any machine.";
pub const NOTES: &str = "Notes";
pub const NOTES_HELP: &str = "For staff. Customers do not see them.";
pub const CREATE: &str = "Create licence key";

pub const FEATURES_HELP: &str = "A switch takes effect at once, the next time the program asks.";
pub const LIMITS_TITLE: &str = "Validity and limits";
pub const EXPIRY_DAY: &str = "Expires at the end of";
pub const EXPIRY_MISSING: &str = "Choose a day, or let the key never expire.";
pub const STRIPE_EXPIRY: &str =
    "Stripe extends this key with each payment. A later day that you set here is kept.";
pub const CUSTOMER_TITLE: &str = "Customer";
pub const NO_CUSTOMER: &str = "This key belongs to nobody yet.";
pub const ASSOCIATE: &str = "Associate with a customer";
pub const CHANGE_CUSTOMER: &str = "Change customer";
pub const REMOVE_CUSTOMER: &str = "Take away";
pub const ASSOCIATE_SAVE: &str = "Associate";
pub const PICK_LABEL: &str = "Find a customer";
pub const PICK_HINT: &str = "Name, e-mail address or id";
pub const PICK_NONE: &str = "No customer matches.";
pub const PICK_FAILED: &str = "Customers could not be searched. Try again.";
pub const PICK_FIRST: &str = "Choose a customer first.";
pub const PICK_OTHER: &str = "Choose another";

pub const BLOCK: &str = "Block";
pub const UNBLOCK: &str = "Unblock";
pub const BLOCK_CONFIRM: &str = "Block licence key";
pub const UNBLOCK_CONFIRM: &str = "Unblock licence key";
pub const BLOCK_TEXT: &str = "Programs that use this key are refused from now on, and its customer sees it as blocked. You can unblock it at any time.";
pub const UNBLOCK_TEXT: &str = "The key works again, within its validity.";
pub const UNBLOCK_BILLING: &str = "Billing blocked this key because of its subscription. If you unblock it by hand, it works although nothing is paid for.";
pub const BLOCKED_BANNER: &str = "This key is blocked.";
pub const BLOCKED_BY_STAFF: &str = "A member of staff blocked it.";
pub const BLOCKED_BY_BILLING: &str =
    "Billing blocked it because of its subscription, and lifts the block when that is paid.";
pub const BLOCKED_BY_SCHEDULER: &str = "It was blocked after it expired.";
pub const BLOCKED_BY_REFUND: &str = "What was paid for it went back to the customer.";
pub const BLOCKED_BY_REISSUE: &str = "A new key replaced it.";

pub const REISSUE: &str = "Re-issue";
pub const REISSUE_CONFIRM: &str = "Re-issue licence key";
pub const REISSUE_TEXT: &str = "A new key takes its place, with everything that this one allows, its data objects and its subscription. This one is refused from now on, for good. The customer gets a message with the new key.";
pub const REISSUE_MACHINES: &str = "Its machines";
pub const REISSUE_AS_SET: &str = "As the settings say";
pub const REISSUE_KEEP: &str = "Go over to the new key";
pub const REISSUE_ANEW: &str = "Must be activated again";
pub const REISSUED: &str = "This is the new key. The old one is refused.";

pub const SUBSCRIPTION: &str = "Subscription";
pub const OPEN_SUBSCRIPTION: &str = "Open subscription";
pub const OPEN_IN_STRIPE: &str = "Open in Stripe";
pub const DETAILS: &str = "Details";
pub const SAVED: &str = "The licence key was saved.";
pub const CHANGED_MEANWHILE: &str = "Somebody else changed this key meanwhile, so nothing was saved. What is shown now is their version; make your change again.";

/// `2 of 5`.
pub fn of(used: i64, most: i64) -> String {
    [&used.to_string(), " of ", &most.to_string()].concat()
}

pub fn created(id: i64) -> String {
    ["Licence key ", &id.to_string(), " was created."].concat()
}

/// Title of the question before blocking.
pub fn block_question(key: &str) -> String {
    ["Block ", key, "?"].concat()
}

pub fn unblock_question(key: &str) -> String {
    ["Unblock ", key, "?"].concat()
}

pub fn reissue_question(key: &str) -> String {
    ["Re-issue ", key, "?"].concat()
}

pub fn take_away_question(customer: &str) -> String {
    ["Take this key away from ", customer, "?"].concat()
}

pub const TAKE_AWAY_TEXT: &str = "The key goes on working, but the customer no longer sees it in the portal. It belongs to nobody afterwards.";

pub fn blocked(key: &str) -> String {
    [key, " was blocked."].concat()
}

pub fn unblocked(key: &str) -> String {
    [key, " was unblocked."].concat()
}

pub fn associated(customer: &str) -> String {
    ["The key now belongs to ", customer, "."].concat()
}

pub const TAKEN_AWAY: &str = "The key belongs to nobody now.";

pub fn switched(feature: &str, on: bool) -> String {
    [feature, if on { " is on." } else { " is off." }].concat()
}
