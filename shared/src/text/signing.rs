//! Signing keys, and how the licence Web API behaves.

pub const KEYS: &str = "Signing keys";
pub const KEYS_TITLE: &str = "Signing keys";
pub const KEYS_INTRO: &str = "Latchkey signs every licence with the private half of a key pair. The public half is built into your programs, so a pair must go on signing for as long as programs with its public half are out there.";
pub const NEW: &str = "Make a key pair";
pub const NEW_TITLE: &str = "Make a key pair";
pub const NEW_TEXT: &str = "Products go on signing with theirs. To change over, ship programs with the new public half first, then choose the new pair on the product’s page.";
pub const NAME: &str = "Name";
pub const NAME_HELP: &str = "For staff, for example “From version 5 on”.";
pub const CREATE: &str = "Make key pair";
pub const CREATED: &str = "The key pair was made.";

pub const IMPORT: &str = "Import";
pub const IMPORT_TITLE: &str = "Import a key pair";
pub const IMPORT_TEXT: &str =
    "For a pair of your own, so that programs that were shipped with its public half go on working.";
pub const PRIVATE: &str = "Private key, as PEM";
pub const PRIVATE_HELP: &str =
    "RSA with 2,048 to 4,096 bits, PKCS#8 or PKCS#1, not encrypted. It is stored sealed.";
pub const PRIVATE_MISSING: &str = "Paste the private key.";
pub const IMPORT_CONFIRM: &str = "Import key pair";
pub const IMPORTED: &str = "The key pair was imported.";

pub const DEFAULT: &str = "For new products";
pub const STATE: &str = "State";
pub const IN_USE: &str = "In use";
pub const UNUSED: &str = "Not used";
pub const RETIRED: &str = "Retired";
pub const MADE: &str = "Made";
pub const PRODUCTS: &str = "Signs for";
pub const NO_PRODUCT: &str = "No product";
pub const PUBLIC: &str = "Public half";
pub const PUBLIC_XML: &str = "Public key as XML, for the SDKs";
pub const PUBLIC_PEM: &str = "Public key as PEM";

pub const EXPORT: &str = "Export";
pub const EXPORT_CONFIRM: &str = "Show the private half";
pub const EXPORT_TEXT: &str = "Whoever has the private half can make licences that your programs believe. That you took it out stays on record.";
pub const EXPORTED: &str = "Private half (PKCS#8)";
pub const EXPORTED_NOTE: &str =
    "Keep it where only you can read it. It is gone from this page when you leave it.";
pub const EXPORT_CLOSE: &str = "Hide it";

pub const RETIRE: &str = "Retire";
pub const RETIRE_CONFIRM: &str = "Retire key pair";
pub const RETIRE_TEXT: &str =
    "Products can no longer choose it. It stays here and can be taken into use again at any time.";
pub const RETIRE_HELD: &str =
    "It cannot be retired while products sign with it. Choose another pair on their pages first.";
pub const RESTORE: &str = "Use again";
pub const RETIRED_DONE: &str = "The key pair was retired.";
pub const RESTORED: &str = "The key pair is in use again.";

pub const WEB_API: &str = "Web API";
pub const WEB_API_TITLE: &str = "Licence Web API";
pub const WEB_API_INTRO: &str =
    "How Latchkey answers the programs that you shipped. A change takes effect within a second.";
pub const GET: &str = "Take calls by GET";
pub const GET_HELP: &str = "The parameters then stand in the address, the access token among them, where proxies may keep it. No published SDK needs it; old programs and scripts of your own may.";
pub const STATUS: &str = "HTTP status of a refusal";
pub const STATUS_HELP: &str = "What is meant is a blocked key, a full machine limit and the like. A token that is not in force is answered with 401, unless the status is always 200.";
pub const MIXED: &str = "As the SDKs need it";
pub const MIXED_NOTE: &str = "400 for key/GetKey, which the SDK for Node needs, and 200 for the rest. Right for the SDKs for .NET, Python and Node.";
pub const ALWAYS_OK: &str = "Always 200";
pub const ALWAYS_OK_NOTE: &str = "For the SDK for Java, which loses the message of any other status. The SDK for Node then reports a refused GetKey with a wrong message.";
pub const ALWAYS_ERROR: &str = "Always 400";
pub const ALWAYS_ERROR_NOTE: &str = "For scripts of your own that look at the status only. The SDK for Java loses all messages then, the one for Node those of CreateKey.";
pub const LOG_DAYS: &str = "Keep the log for";
pub const DAYS: &str = "days";
pub const LOG_DAYS_HELP: &str = "Older calls are removed from the log, and statistics count no further back.";
pub const DAYS_MISSING: &str = "Enter a number of days from 1 to 3,650.";
pub const EVENT_DAYS: &str = "Keep events for";
pub const EVENT_DAYS_HELP: &str =
    "What programs record with ai/RegisterEvent, and what ai/GetEvents still finds.";
pub const SAVED: &str = "The settings of the Web API were saved.";
pub const LIMITS: &str = "How many calls are taken";
pub const LIMITS_TEXT: &str = "Calls are limited per token and address, and per licence key, so that one broken program cannot hold up the others. What is too much is answered with 429 and Retry-After, and stands in the log.";
pub const OPEN_LOG: &str = "Show refused calls in the log";
pub const OPEN_REFERENCE: &str = "API reference";
pub const OPEN_TOKENS: &str = "Access tokens";

pub fn retire_question(name: &str) -> String {
    ["Retire ", name, "?"].concat()
}

pub fn export_question(name: &str) -> String {
    ["Export the private half of ", name, "?"].concat()
}

/// `and 3 more`
pub fn and_more(count: i64) -> String {
    ["and ", &count.to_string(), " more"].concat()
}
