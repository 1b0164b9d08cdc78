//! The API reference.

pub const TITLE: &str = "API reference";
pub const INTRO: &str = "Everything that programs can call: the licence Web API, which the published SDKs speak, and Latchkey’s own API, which this page uses too.";
pub const DOCUMENT: &str = "The same as an OpenAPI document";
pub const LIST: &str = "Methods";
pub const SEARCH: &str = "Find a method";
pub const NO_MATCH: &str = "No method matches.";
pub const ALL_METHODS: &str = "All methods";
pub const WEB_API: &str = "Licence Web API";
pub const LATCHKEY: &str = "Latchkey itself";

pub const START_TITLE: &str = "How to call";
pub const START_WEB_API: &str = "The licence Web API is called by POST with a form, by GET with a query, or with a JSON body. Every method takes the access token as token. Upper and lower case do not matter. An answer always says result: 0 where it worked, 1 where it did not, and then message says why.";
pub const START_LATCHKEY: &str = "Latchkey itself is called with JSON and the header Authorization: Bearer, followed by the access token. Errors have a code that stays, a message for people, and the fields that are wrong.";
pub const START_TOKEN: &str = "Make an access token";
pub const START_SAMPLE: &str = "A first call";
pub const CHOOSE: &str =
    "Choose a method from the list for its parameters, answers, a sample and a form to try it.";

pub const PARAMETERS: &str = "Parameters";
pub const NO_PARAMETERS: &str = "It takes no parameters.";
pub const NAME: &str = "Name";
pub const KIND: &str = "Type";
pub const ABOUT: &str = "What it is";
pub const REQUIRED: &str = "required";
pub const IN_PATH: &str = "in the path";
pub const IN_QUERY: &str = "in the query";
pub const ANSWERS: &str = "Answers";
pub const SAMPLE: &str = "Sample call";
pub const SAMPLE_NOTE: &str = "It follows what you fill in under “Try it”. TOKEN stands for an access token.";
pub const ANSWER_SAMPLE: &str = "Shape of the answer";

pub const TRY: &str = "Try it";
pub const TRY_REAL: &str = "This is no sandbox: what it changes is changed.";
pub const TRY_TOKEN: &str = "Access token";
pub const TRY_TOKEN_HELP: &str = "Stays on this page until you leave it.";
pub const TRY_TOKEN_OR_SESSION: &str = "Empty: it is called as you, with your sign-in.";
pub const TRY_BODY: &str = "Body, as JSON";
pub const SEND: &str = "Send";
pub const SENDING: &str = "Sending";
pub const NO_ANSWER: &str = "There was no answer. Are you connected?";
pub const ANSWER: &str = "Answer";
pub const EMPTY_ANSWER: &str = "The answer has no body.";
pub const TRY_PORTAL: &str = "It needs the sign-in of a customer, so it cannot be tried from here.";
pub const TRY_NOT_HERE: &str = "It cannot be tried from here.";
pub const PATH_MISSING: &str = "Fill this in: it is part of the address.";
pub const BODY_WRONG: &str = "This is not JSON.";

/// Types in words.
pub const TEXT: &str = "text";
pub const WHOLE: &str = "whole number";
pub const NUMBER: &str = "number";
pub const TRUTH: &str = "true or false";
pub const TIME: &str = "time";
pub const OBJECT: &str = "object";
pub const LIST_OF: &str = "list of ";
pub const ONE_OF: &str = "one of ";
pub const OR_NOTHING: &str = " or null";
pub const ANYTHING: &str = "anything";

/// `, at most 250 characters`
pub fn at_most_characters(most: i64) -> String {
    [", at most ", &most.to_string(), " characters"].concat()
}

/// `, 1 to 100`
pub fn between(least: i64, most: i64) -> String {
    [", ", &least.to_string(), " to ", &most.to_string()].concat()
}

/// `, at least 1`
pub fn at_least(least: i64) -> String {
    [", at least ", &least.to_string()].concat()
}

/// `128 ms`
pub fn took(milliseconds: i64) -> String {
    [&milliseconds.to_string(), " ms"].concat()
}

/// What a status of `/api/v1` means.
pub const fn status(code: &str) -> &'static str {
    match code.as_bytes() {
        b"200" => "Done.",
        b"201" => "Made.",
        b"202" => "Taken: it is done soon.",
        b"204" => "Done; the answer has no body.",
        b"304" => "Nothing has changed since.",
        b"400" => "What was sent cannot be read.",
        b"401" => "Nobody is signed in, or the token is not in force.",
        b"403" => "The role or the token may not do this.",
        b"404" => "There is no such thing, or it is another’s.",
        b"409" => "Somebody else was quicker, or its state does not allow it.",
        b"413" => "It is too large.",
        b"422" => "A field is wrong; fields says which.",
        b"429" => "Too often; Retry-After says when to come back.",
        b"502" => "Stripe or the mail server did not answer.",
        b"503" => "Not at the moment.",
        _ => "",
    }
}

/// The words for a tag of `/api/v1`.
pub fn tag(word: &str) -> String {
    match word {
        "session" => "Sign-in".to_owned(),
        "me" => "Own account".to_owned(),
        "links" => "Links for customers".to_owned(),
        "attention" => "Needs attention".to_owned(),
        "tokens" => "Access tokens".to_owned(),
        "keys" => "Licence keys".to_owned(),
        "data" => "Data objects".to_owned(),
        other => {
            let mut words = other.replace(['_', '-'], " ");
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{status, tag};

    #[test]
    fn words_for_codes_and_tags() {
        assert_eq!(status("404"), "There is no such thing, or it is another’s.");
        assert_eq!(status("418"), "");
        assert_eq!(tag("move_in"), "Move in");
        assert_eq!(tag("keys"), "Licence keys");
    }
}
