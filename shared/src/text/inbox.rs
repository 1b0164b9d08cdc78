//! Stripe's events, and the endpoints that they arrive at.

pub const EVENTS: &str = "Events";
pub const EVENT: &str = "Event";
pub const SEARCH: &str = "Filter events";
pub const SEARCH_HINT: &str =
    "A type or an id, or a filter such as status = dead, kind contains invoice, received > today-1d";
pub const EMPTY_TITLE: &str = "No event has arrived yet";
pub const EMPTY_BODY: &str = "Stripe tells Latchkey of each payment and each change through a webhook. Whether that is set up stands in the Stripe check.";
pub const OPEN_CHECK: &str = "Open the Stripe check";

pub const VIEWS: &str = "Saved views";
pub const VIEW_ALL: &str = "All";
pub const VIEW_PENDING: &str = "Waiting";
pub const VIEW_DEAD: &str = "Given up";
pub const VIEW_IGNORED: &str = "Not acted upon";
pub const PENDING_FILTER: &str = "status = pending";
pub const DEAD_FILTER: &str = "status = dead";
pub const IGNORED_FILTER: &str = "status = ignored";

pub const KIND: &str = "Type";
pub const STATUS: &str = "Status";
pub const OBJECT: &str = "About";
pub const CUSTOMER: &str = "Stripe customer";
pub const SUBSCRIPTION: &str = "Stripe subscription";
pub const ATTEMPTS: &str = "Tries";
pub const RECEIVED: &str = "Received";
pub const HAPPENED: &str = "Happened";
pub const NEXT_TRY: &str = "Next try";
pub const ID: &str = "Id";
pub const API_VERSION: &str = "Version";
pub const MODE: &str = "Mode";
pub const LIVE: &str = "Live";
pub const TEST: &str = "Test";
pub const ERROR: &str = "What it signals could not be fetched";
pub const OUTCOME: &str = "What it came to";
pub const PAYLOAD: &str = "As it arrived";
pub const PAYLOAD_WHAT: &str = "the event";
pub const RUN_AGAIN: &str = "Run again";
pub const RUN_AGAIN_HELP: &str =
    "Fetches once more what the event signals. What it says itself is never believed.";
pub const RUNNING_AGAIN: &str = "The event is run again.";

pub const ENDPOINTS: &str = "Endpoints";
pub const ENDPOINTS_INTRO: &str =
    "The addresses that Stripe delivers events to, and the secrets that prove they come from Stripe.";
pub const ADD_ENDPOINT: &str = "Add an endpoint";
pub const ADDED: &str = "The address is made. Add it in Stripe, then enter its signing secret here.";
pub const NO_ENDPOINTS_TITLE: &str = "There is no endpoint yet";
pub const NO_ENDPOINTS_BODY: &str = "Connect Stripe, and Latchkey makes one by itself.";
pub const DEFAULT: &str = "Main endpoint";
pub const ADDRESS: &str = "Address";
pub const MADE_BY: &str = "Made by";
pub const BY_LATCHKEY: &str = "Latchkey";
pub const BY_HAND: &str = "Hand";
pub const SECRET: &str = "Signing secret";
pub const NO_SECRET: &str = "None yet, so what arrives is refused";
pub const SET_AT_START: &str = "Set when Latchkey was started";
pub const SECRET_SINCE: &str = "In use since";
pub const AND_BEFORE: &str = "The one before it is still accepted.";
pub const LAST_RECEIVED: &str = "Last event";
pub const NOTHING_RECEIVED: &str = "None so far";
pub const RECEIVES: &str = "Receives events";
pub const QUIET: &str = "Nothing yet";
pub const WITHOUT_SECRET: &str = "No secret";

pub const ENTER_SECRET: &str = "Enter the signing secret";
pub const ROLL_SECRET: &str = "Enter a new secret";
pub const SECRET_FIELD: &str = "Signing secret";
pub const SECRET_HELP: &str = "It begins with whsec_ and is sealed at once; nobody sees it again.";
pub const SECRET_TEXT: &str = "Copy the signing secret from the endpoint’s page in Stripe.";
pub const ROLL_TEXT: &str = "In Stripe, roll the endpoint’s secret and let the old one expire within a day. Both are accepted meanwhile, so no event is lost.";
pub const SECRET_SAVE: &str = "Keep secret";
pub const SECRET_SAVED: &str = "The secret is sealed and in use.";
pub const SECRET_MISSING: &str = "Paste a secret that begins with whsec_.";

pub const REMOVE: &str = "Remove";
pub const REMOVE_CONFIRM: &str = "Remove endpoint";
pub const REMOVE_TEXT: &str = "Its address answers no more and its secrets are forgotten. An endpoint that Latchkey made is deleted in Stripe too; one that was made by hand is to be deleted there by you, or Stripe goes on trying.";
pub const REMOVED: &str = "The endpoint is removed.";

/// `Endpoint 2`.
pub fn endpoint(id: i64) -> String {
    ["Endpoint ", &id.to_string()].concat()
}

pub fn remove_question(id: i64) -> String {
    ["Remove endpoint ", &id.to_string(), "?"].concat()
}
