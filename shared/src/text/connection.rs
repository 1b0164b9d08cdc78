//! What the page says when the server does not answer, or no longer knows the person.

pub const OFFLINE: &str = "The server does not answer. Check the connection and try again.";
pub const STRANGE_ANSWER: &str =
    "The server answered in a way this page does not understand. Reload the page and try again.";
pub const SIGN_IN_AGAIN: &str = "Sign in again";
pub const SIGNED_OUT: &str =
    "You have been signed out. Sign in again to go on. What you typed is still there.";
pub const NOT_REACHED: &str = "Latchkey could not be reached";
pub const PART_MISSING: &str = "This page could not be loaded. Check the connection and try again. If that does not help, reload: there may be a newer version.";
