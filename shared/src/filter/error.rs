use std::fmt;

use super::{MAX_CHARS, MAX_DEPTH, MAX_TERMS, MAX_VALUES};

/// Why a text is no filter, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// Characters before the place, so 0 is the first character.
    pub at: usize,
    pub(super) problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// What was expected, and what stands there (`None`: the end).
    Expected(&'static str, Option<String>),
    /// A method that other services have and this language has not.
    NoMethod(String),
    UnclosedQuote,
    TooLong,
    TooManyTerms,
    TooManyValues,
    TooDeep,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.at + 1;
        match &self.problem {
            Problem::Expected(what, Some(found)) => {
                write!(f, "At character {place}: expected {what}, found “{found}”.")
            }
            Problem::Expected(what, None) => write!(f, "At the end: expected {what}."),
            Problem::NoMethod(name) => write!(
                f,
                "At character {place}: “{name}(…)” is not possible. Possible: contains, startsWith, endsWith, equals, count and any."
            ),
            Problem::UnclosedQuote => {
                write!(f, "The quotation mark at character {place} is never closed.")
            }
            Problem::TooLong => write!(f, "The filter is longer than {MAX_CHARS} characters."),
            Problem::TooManyTerms => write!(f, "The filter has more than {MAX_TERMS} conditions."),
            Problem::TooManyValues => write!(f, "A list has more than {MAX_VALUES} values."),
            Problem::TooDeep => write!(f, "Groups can be {MAX_DEPTH} deep at most."),
        }
    }
}

impl std::error::Error for FilterError {}
