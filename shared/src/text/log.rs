//! The log of the licence Web API.

pub const TITLE: &str = "Log";
pub const INTRO: &str = "Calls of the licence Web API: who called what, and what became of it. Tokens and passwords are never kept.";
pub const SEARCH: &str = "Filter calls";
pub const SEARCH_HINT: &str = "A method, key, machine or address, or a filter such as succeeded = no, token = 3, at > today-7d, message contains limit";
pub const EMPTY_TITLE: &str = "No calls yet";
pub const EMPTY_BODY: &str = "As soon as a program calls the licence Web API with an access token, the call appears here within a second or two.";
pub const OPEN_TOKENS: &str = "Open access tokens";

pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_REFUSED: &str = "Refused";
pub const VIEW_ACTIVATIONS: &str = "Activations";
pub const VIEW_TODAY: &str = "Today";

pub const METHOD: &str = "Method";
pub const RESULT: &str = "Result";
pub const TOKEN: &str = "Access token";
pub const KEY: &str = "Licence key";
pub const PRODUCT: &str = "Product";
pub const CUSTOMER: &str = "Customer";
pub const MACHINE: &str = "Machine";
pub const MACHINE_CODE: &str = "Machine code";
pub const FRIENDLY_NAME: &str = "Its name";
pub const ADDRESS: &str = "Address";
pub const TIME: &str = "Time";
pub const STATUS: &str = "HTTP status";
pub const MESSAGE: &str = "Message";
pub const NO_TOKEN: &str = "None in force";
pub const NONE: &str = "None";

pub const SUCCEEDED: &str = "Done";
pub const REFUSED: &str = "Refused";
pub const FAILED: &str = "Failed";

pub const LIKE_THIS: &str = "Show only";
pub const THIS_TOKEN: &str = "This token";
pub const THIS_KEY: &str = "This key";
pub const THIS_MACHINE: &str = "This machine";
pub const THIS_ADDRESS: &str = "This address";
pub const THIS_METHOD: &str = "This method";
pub const IN_REFERENCE: &str = "What the method does";

pub fn product_number(id: i64) -> String {
    ["Product ", &id.to_string()].concat()
}
