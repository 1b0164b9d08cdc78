//! What went wrong, as the screen needs it: the server's error shape without its wire form.

use std::collections::BTreeMap;

/// An answer that was not a success. `code` is stable and machine-readable, `message` is for people, `fields` has one
/// message per form field name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    pub code: String,
    pub message: String,
    pub fields: BTreeMap<String, String>,
    /// The id under which the server logged the request.
    pub request_id: Option<String>,
}

impl Problem {
    /// A problem without field errors and request id.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), ..Self::default() }
    }

    /// Whether the person may not see this (as opposed to: it failed).
    pub fn is_forbidden(&self) -> bool {
        self.code == "forbidden"
    }

    /// Whether there is no such thing, or not for this person.
    pub fn is_not_found(&self) -> bool {
        self.code == "not_found"
    }
}
