//! Why a call fails, in the words that clients compare literally (`trailing dots included`).

use std::borrow::Cow;

use latchkey_shared::api::web_api::RefusalStatus;
use sea_orm::DbErr;

use crate::error::AppError;

/// What a method answers.
pub type WireResult = Result<super::Answer, Failure>;

pub const UNAUTHENTICATED: &str = "Unable to authenticate.";
pub const ACCESS_DENIED: &str = "Access denied.";
pub const BAD_PARAMETERS: &str = "The input parameters were incorrect.";
pub const NO_PRODUCT: &str = "Could not find the product.";
pub const NO_KEY: &str = "Could not find the key.";
pub const BLOCKED: &str = "The key is blocked and cannot be accessed.";
/// Beside [`BLOCKED`].
pub const REPLACED: &str = "This key was replaced by a new one.";
pub const LIMIT_REACHED: &str = "Cannot activate the new device as the limit has been reached.";
pub const NEVER_ACTIVATED: &str =
    "Either the machine code was never activated or key activation feature was never set up.";
pub const NO_PERMISSION_OR_KEY: &str = "Not enough permission and/or key not found.";
pub const TRIAL_USED: &str = "This machine code has already activated the trial.";
pub const NO_CUSTOMER: &str = "Customer could not be found.";
pub const CUSTOMER_NOT_FOUND: &str = "Customer not found.";
pub const WRONG_USER: &str = "Unable to authenticate user.";
pub const NO_USER_NAME: &str = "No username or password supplied.";
pub const USER_EXISTS: &str = "Username already exists. Please pick a different one.";
pub const NO_USER: &str = "Username does not exist.";
pub const NOTES_TOO_LONG: &str = "The notes field cannot be more than 500 characters.";
pub const BAD_TIME: &str = "The timestamp in the Time parameter does not have the correct format.";
pub const NO_SUBSCRIPTION: &str = "No active subscription found for this key.";
/// Clients know its beginning.
pub const NOT_METERED: &str = "No active subscription found that is charged by use for this key.";
/// Clients know its beginning.
pub const INTERNAL: &str = "Something went wrong. Please contact support.";

/// A parameter that cannot be used; what the client is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadParam(pub &'static str);

/// Why a call fails.
#[derive(Debug)]
pub enum Failure {
    /// Who calls is not known, or may not.
    Denied(&'static str),
    /// A rule says no.
    Refused(Cow<'static, str>),
    /// The same in the words that clients compare, and beside them why, in words of ours.
    Explained { message: &'static str, reason: &'static str },
    /// Something else; see [`AppError`].
    App(AppError),
}

impl Failure {
    pub const fn refused(message: &'static str) -> Self {
        Self::Refused(Cow::Borrowed(message))
    }

    /// Refused in words that depend on the call.
    pub fn because(message: String) -> Self {
        Self::Refused(Cow::Owned(message))
    }

    /// What the client is told.
    pub fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Denied(message) | Self::Explained { message, .. } => Cow::Borrowed(message),
            Self::Refused(message) => Cow::Borrowed(message),
            Self::App(error) if error.status().as_u16() == 500 => Cow::Borrowed(INTERNAL),
            // What is wrong with one field is said in one sentence, since there is no place for more.
            Self::App(error) => match error.field_errors().values().next() {
                Some(sentence) => Cow::Borrowed(sentence),
                None => Cow::Borrowed(error.message()),
            },
        }
    }

    /// Why, where the message does not tell.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Explained { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// What the log keeps: message and reason.
    pub fn for_log(&self) -> String {
        match self.reason() {
            Some(reason) => format!("{} {reason}", self.message()),
            None => self.message().into_owned(),
        }
    }
}

impl Failure {
    /// The HTTP status of a failure; `strict` is whether a client of the method needs 400 for refusals.
    pub fn status(&self, rule: RefusalStatus, strict: bool) -> u16 {
        match (self, rule) {
            (Self::App(error), _) if error.status().as_u16() >= 429 => error.status().as_u16(),
            (_, RefusalStatus::Ok) => 200,
            (Self::Denied(_), _) => 401,
            (_, RefusalStatus::Error) => 400,
            (_, RefusalStatus::Mixed) => {
                if strict {
                    400
                } else {
                    200
                }
            }
        }
    }
}

impl From<BadParam> for Failure {
    fn from(bad: BadParam) -> Self {
        Self::refused(bad.0)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::App(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_follow_the_setting() {
        let refused = Failure::refused(NO_KEY);
        let denied = Failure::Denied(UNAUTHENTICATED);
        let overloaded = Failure::App(AppError::overloaded());
        for (rule, strict, expected) in [
            (RefusalStatus::Mixed, true, (400, 401, 503)),
            (RefusalStatus::Mixed, false, (200, 401, 503)),
            (RefusalStatus::Ok, true, (200, 200, 503)),
            (RefusalStatus::Error, false, (400, 401, 503)),
        ] {
            let status = |failure: &Failure| failure.status(rule, strict);
            assert_eq!(
                (status(&refused), status(&denied), status(&overloaded)),
                expected,
                "{rule:?} {strict}"
            );
        }
    }

    #[test]
    fn internals_are_not_told() {
        assert_eq!(Failure::App(AppError::internal("disk full")).message(), INTERNAL);
        let field = Failure::App(AppError::field("name", "Give it a name."));
        assert_eq!(field.message(), "Give it a name.");
    }
}
