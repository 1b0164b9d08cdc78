//! The filter language of the lists.
//!
//! ```text
//! status = active and (email contains "acme" or tag = vip) and expires < 2026-12-31
//! ```
//!
//! * Comparisons `=`, `!=`, `<`, `<=`, `>`, `>=`; `contains`, `begins with`, `ends with`, `in (a, b)`,
//!   `is empty`; each of the last five also with `not` (`is not empty`, `not in (…)`).
//! * `and`, `or`, `not`, parentheses; `and` binds closer than `or` and may be left out.
//! * Values are bare words, or quoted when they have spaces or signs: `"two words"`.
//! * Days are `2026-12-31`, `today`, `today-30d`, `today+2w`, `today-3m`, `today+1y`.
//! * A word or quoted text by itself searches the list's usual columns.
//! * `dataobjects.count(it.name = "usage" and it.int_value > 5) > 0` counts the entries of a list that meet a filter;
//!   `dataobjects.any(…)` is more than none.
//! * Taken too: `==`, `<>`, `&&`, `||`, `!`, `key.contains("X")`, `name.startsWith("A")`, `x.Count() > 0`,
//!   `= null`, `monthback`, `monthforward`, `DateTime(2026, 12, 31)`; names and keywords in any case.
//!
//! [`parse`] reads the text form into a [`Filter`], which [`Display`](std::fmt::Display) writes back so that
//! reading it again gives the same. [`resolve`] checks it against the [`FieldSpec`]s of a list.

mod ast;
mod error;
mod fields;
mod lexer;
mod literal;
mod parser;
mod printer;
mod typed;

#[cfg(test)]
mod round_trip;

pub use ast::{Comparison, Count, Filter, Term, Test};
pub use error::FilterError;
pub use fields::{FieldKind, FieldSpec, Operation, find_field};
pub use literal::{DateLiteral, DateUnit};
pub use parser::parse;
pub use typed::{CheckError, TypedFilter, TypedTest, TypedValue, check, resolve};

/// Longest text form, in characters.
pub const MAX_CHARS: usize = 4_000;
/// Most tests and searches in one filter.
pub const MAX_TERMS: usize = 50;
/// Most groups (`and` or `or`) inside one another.
pub const MAX_DEPTH: usize = 8;
/// Most values in one `in (…)`.
pub const MAX_VALUES: usize = 100;
