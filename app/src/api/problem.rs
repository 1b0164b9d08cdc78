//! What can go wrong between the page and the server.

use std::collections::BTreeMap;

use latchkey_shared::{
    error::{ApiError, ErrorBody, code},
    text::connection as text,
};

use super::json::read;
use crate::components;

/// An answer that was not a success, sorted by what the page does about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 401: nobody is signed in, or (on signing in) the password is wrong.
    Unauthenticated(ApiError),
    /// 403: the role lacks the permission.
    Forbidden(ApiError),
    /// 403: the customer must accept the terms first.
    TermsRequired(ApiError),
    /// 404: no such thing, or another's; an unusable link too.
    NotFound(ApiError),
    /// 409: somebody else was quicker, or the thing is not in a state for this.
    Conflict(ApiError),
    /// 400 or 422: what was sent is not right; `fields` says where.
    Invalid(ApiError),
    /// 429: with the seconds to wait, where the server named them.
    TooMany { retry_after: Option<u32>, error: ApiError },
    /// No answer: no network, or no server.
    Offline,
    /// Anything else.
    Server(ApiError),
}

impl Problem {
    /// Reads an answer. A body that is not of the error shape (a proxy's page, say) gets words of our own.
    pub(super) fn read(
        status: u16,
        retry_after: Option<u32>,
        request_id: Option<String>,
        body: &str,
    ) -> Self {
        let mut error =
            read::<ErrorBody>(body).map_or_else(|_| strange(&status.to_string()), |body| body.error);
        error.request_id = error.request_id.or(request_id);
        match status {
            401 => Self::Unauthenticated(error),
            403 if error.code == code::TERMS_REQUIRED => Self::TermsRequired(error),
            403 => Self::Forbidden(error),
            404 => Self::NotFound(error),
            409 => Self::Conflict(error),
            400 | 413 | 415 | 422 => Self::Invalid(error),
            429 => Self::TooMany { retry_after, error },
            _ => Self::Server(error),
        }
    }

    /// A success whose body is not what this version of the page understands.
    pub(super) fn unreadable() -> Self {
        Self::Server(strange("unreadable"))
    }

    /// The stable code, `offline` where there was no answer.
    pub fn code(&self) -> &str {
        self.error().map_or("offline", |error| &error.code)
    }

    /// For a person: what happened and what to do.
    pub fn message(&self) -> &str {
        self.error().map_or(text::OFFLINE, |error| &error.message)
    }

    /// [`Self::message`] for where there are no fields to put their messages at: those messages themselves.
    pub fn sentence(&self) -> String {
        match self.error() {
            Some(error) if !error.fields.is_empty() => {
                error.fields.values().map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            _ => self.message().to_owned(),
        }
    }

    fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Unauthenticated(error)
            | Self::Forbidden(error)
            | Self::TermsRequired(error)
            | Self::NotFound(error)
            | Self::Conflict(error)
            | Self::Invalid(error)
            | Self::TooMany { error, .. }
            | Self::Server(error) => Some(error),
            Self::Offline => None,
        }
    }
}

fn strange(code: &str) -> ApiError {
    ApiError {
        code: code.to_owned(),
        message: text::STRANGE_ANSWER.to_owned(),
        fields: BTreeMap::new(),
        request_id: None,
    }
}

/// As the component kit draws it: error states, banners, form errors.
impl From<Problem> for components::Problem {
    fn from(problem: Problem) -> Self {
        // The kit tells "may not" from "is not" by these two codes, whatever finer code the server gave.
        let code = match &problem {
            Problem::Forbidden(_) => code::FORBIDDEN.to_owned(),
            Problem::NotFound(_) => code::NOT_FOUND.to_owned(),
            other => other.code().to_owned(),
        };
        let mut shown = Self::new(code, problem.message());
        if let Some(error) = problem.error() {
            shown.fields.clone_from(&error.fields);
            shown.request_id.clone_from(&error.request_id);
        }
        shown
    }
}
