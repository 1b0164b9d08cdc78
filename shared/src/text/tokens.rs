//! Access tokens of programs.

use crate::permission::Permission;

pub const TABS: &str = "For developers";
pub const TITLE: &str = "Access tokens";
pub const ONE: &str = "Access token";
pub const LOG: &str = "Log";
pub const REFERENCE: &str = "API reference";

pub const INTRO: &str =
    "What programs show to be let in: your software on customers' machines, and scripts of your own.";
pub const NEW: &str = "New access token";
pub const EMPTY_TITLE: &str = "No access token yet";
pub const EMPTY_BODY: &str = "A program carries an access token to call the licence Web API: to activate a licence key on a machine, to check one, or to make keys from your own shop. Each token may do only what you choose here, and can be revoked at any time.";

pub const NAME: &str = "Name";
pub const NAME_HELP: &str = "For staff: which program it is for, for example “Aurora Editor 4 on Windows”.";
pub const SCOPES: &str = "May do";
pub const LOCKS: &str = "Locked to";
pub const EXPIRES: &str = "Expires";
pub const LAST_USED: &str = "Last used";
pub const STATE: &str = "State";
pub const ID: &str = "Id";
pub const CREATED: &str = "Made";
pub const REVOKED_AT: &str = "Revoked";
pub const NEVER: &str = "Never";
pub const NOT_LOCKED: &str = "Not locked";

pub const IN_FORCE: &str = "In force";
pub const EXPIRED: &str = "Expired";
pub const REVOKED: &str = "Revoked";

pub const PURPOSE: &str = "What is it for?";
pub const SHIPPED: &str = "A program that you ship";
pub const SHIPPED_NOTE: &str = "Activates, checks and releases the licence key that it is given. Fit to be built into software, since it can neither list nor change anything.";
pub const CHOSEN: &str = "Something else";
pub const CHOSEN_NOTE: &str = "You choose method by method what it may do.";
pub const EVERYTHING: &str = "Everything";
pub const EVERYTHING_NOTE: &str = "All of the licence Web API, and what an admin may do in Latchkey. For scripts on a server of your own; never ship it.";
/// What a program on a customer's machine needs.
pub const SHIPPED_SCOPES: [&str; 3] = ["Activate", "GetKey", "Deactivate"];

pub const CHOOSE_ALL: &str = "Choose all";
pub const CHOOSE_NONE: &str = "Choose none";
pub const SCOPES_TITLE: &str = "What it may do";
pub const SCOPES_MISSING: &str = "Choose at least one thing that the token may do.";
pub const SCOPES_LOADING_FAILED: &str = "The scopes could not be loaded. Reload the page.";
pub const LATCHKEY_GROUP: &str = "Latchkey itself (/api/v1)";

pub const LIMITS_TITLE: &str = "Where and how long it works";
pub const PRODUCT_LOCK: &str = "Product";
pub const ANY_PRODUCT: &str = "All products";
pub const PRODUCT_HELP: &str = "With a product chosen, keys of other products are refused.";
pub const KEY_LOCK: &str = "Licence keys";
pub const ANY_KEY: &str = "All keys";
pub const ONE_KEY: &str = "One key only";
pub const EXCHANGE: &str = "None: only to be exchanged with auth/KeyLock";
pub const KEY_HELP: &str = "A token to be exchanged gives each program a token of its own, good for one key.";
pub const KEY_ID: &str = "Global id of the key";
pub const KEY_ID_HELP: &str = "It stands on the key's page.";
pub const KEY_MISSING: &str = "Enter the global id of the key.";
pub const FEATURE_LOCK: &str = "At most per call";
pub const FEATURE_HELP: &str = "Days of a trial key that it makes, the longest step of a counter, and for Activate and GetKey the sum of the fields that the answer leaves out. Leave it empty for a program that only activates.";
pub const EXPIRY: &str = "Works until the end of";
pub const EXPIRY_HELP: &str = "Empty: until it is revoked.";
pub const EXPIRY_WRONG: &str = "Choose a day.";
pub const LOCK_AND_LATCHKEY: &str = "A token with a lock works for the licence Web API only. Take the lock away, or choose nothing of Latchkey itself.";
pub const CREATE: &str = "Make access token";

pub const MADE_TITLE: &str = "Copy this token now";
pub const MADE_BODY: &str =
    "It is shown this once and cannot be read again: Latchkey keeps only a fingerprint of it.";
pub const TOKEN: &str = "Access token";
pub const TRY_TITLE: &str = "Try it";
pub const TRY_BODY: &str = "Paste this into a terminal.";
pub const TRY_KEY: &str = "Put a licence key of yours in the place of YOUR-KEY.";
pub const TRY_MORE: &str = "All parameters stand in the API reference.";
pub const SAMPLE: &str = "Sample call";
pub const DONE: &str = "Done";
/// Stands in a sample for a licence key.
pub const YOUR_KEY: &str = "YOUR-KEY";

pub const REVOKE: &str = "Revoke";
pub const REVOKE_CONFIRM: &str = "Revoke access token";
pub const REVOKE_TEXT: &str = "Every program that carries it is refused within a second, for good. Tokens that it was exchanged for are refused too.";
pub const CALLS: &str = "Show its calls in the log";

pub fn revoke_question(name: &str) -> String {
    ["Revoke ", name, "?"].concat()
}

pub fn revoked(name: &str) -> String {
    [name, " was revoked."].concat()
}

/// `2 of 16`
pub fn of(chosen: usize, all: usize) -> String {
    [&chosen.to_string(), " of ", &all.to_string()].concat()
}

/// `Activate, GetKey and 3 more`
pub fn in_short(scopes: &[String]) -> String {
    match scopes {
        _ if scopes.iter().any(|scope| scope == "*") => EVERYTHING.to_owned(),
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            [first, ", ", second, ", ", third, " and ", &rest.len().to_string(), " more"].concat()
        }
        few => few.join(", "),
    }
}

pub fn product_number(id: i64) -> String {
    ["Product ", &id.to_string()].concat()
}

pub fn key_number(id: i64) -> String {
    ["Key ", &id.to_string()].concat()
}

pub const EXCHANGE_SHORT: &str = "Exchange only";

pub fn at_most(limit: i64) -> String {
    ["At most ", &limit.to_string()].concat()
}

/// The words for a group of methods; an unknown one goes by its own name.
pub fn group(word: &str) -> String {
    let known = match word {
        "key" => "Licence keys",
        "product" => "Products",
        "customer" => "Customers",
        "data" => "Data objects",
        "message" => "Messages",
        "auth" => "Exchange of tokens",
        "user" | "userauth" => "Sign-ins of customers",
        "reseller" => "Resellers",
        "subscription" => "Usage",
        "paymentform" => "Payment forms",
        "ai" => "Events and statistics",
        other => return other.to_owned(),
    };
    known.to_owned()
}

/// What a scope allows, where it opens more than one method or none; the others say it by their method.
pub fn scope(name: &str) -> Option<&'static str> {
    Some(match name {
        "ReadNotes" => "Sees the notes of the keys that it reads otherwise. Opens no method by itself.",
        "RegisterEvent" => "Records events of your programs, one or many at a time.",
        "AddDataObject" => "Adds data objects to products, keys and machines.",
        "ListDataObjects" => "Reads data objects of products, keys and machines.",
        "SetStringValue" => "Changes the text of data objects.",
        "SetIntValue" => "Changes the number of data objects.",
        "IncrementIntValue" => "Raises the number of data objects: counts usage.",
        "DecrementIntValue" => "Lowers the number of data objects: uses up credit.",
        "RemoveDataObject" => "Removes data objects.",
        "GetCustomerLicenses" => "Reads all keys of a customer, by its id or by its secret.",
        "UserAuthNormal" => "Lets customers' users sign in from a program, and change their own password.",
        "UserAuthAdmin" => "Makes, ties, lists and removes customers' users, and resets their passwords.",
        _ => return None,
    })
}

/// What a permission lets a token do under `/api/v1`.
pub const fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::DashboardRead => "Reads the figures of the dashboard.",
        Permission::CustomersRead => "Reads customers and their history.",
        Permission::CustomersWrite => "Adds, changes, disables and enables customers.",
        Permission::LinksManage => "Makes, sends and revokes association links and the sign-up link.",
        Permission::ProductsRead => "Reads products, plans, templates and public signing keys.",
        Permission::ProductsWrite => "Adds and changes products, plans and templates.",
        Permission::KeysRead => "Reads licence keys, their machines and their use.",
        Permission::KeysWrite => "Makes, changes, blocks and extends licence keys.",
        Permission::SubscriptionsRead => "Reads subscriptions and what needs attention.",
        Permission::SubscriptionsWrite => "Changes subscriptions and reads them from Stripe again.",
        Permission::MoneyWrite => "Refunds and cancels.",
        Permission::DataRead => "Reads data objects.",
        Permission::DataWrite => "Adds, changes and removes data objects.",
        Permission::CommunicationsRead => "Reads messages to customers, codes and links included.",
        Permission::CommunicationsWrite => "Writes messages to customers and sends them again.",
        Permission::StripeRead => "Reads how Stripe is connected, and its events.",
        Permission::StripeManage => "Connects Stripe and changes its keys and endpoints.",
        Permission::SettingsRead => "Reads the settings and the list of access tokens.",
        Permission::SettingsWrite => "Changes the settings.",
        Permission::StaffRead => "Reads who works here.",
        Permission::StaffManage => "Invites and changes staff.",
        Permission::SigningManage => "Imports and exports signing keys.",
        Permission::AuditRead => "Reads the log of the licence Web API.",
        Permission::Unknown => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{in_short, of};

    #[test]
    fn three_scopes_are_named_and_more_are_counted() {
        let scopes = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(in_short(&scopes(&["Activate", "GetKey", "Deactivate"])), "Activate, GetKey, Deactivate");
        assert_eq!(in_short(&scopes(&["A", "B", "C", "D", "E"])), "A, B, C and 2 more");
        assert_eq!(in_short(&scopes(&["A", "*"])), "Everything");
        assert_eq!(of(2, 16), "2 of 16");
    }
}
