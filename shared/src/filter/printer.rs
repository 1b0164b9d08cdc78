//! From [`Filter`] to text that reads back as the same filter.

use std::fmt;

use super::{Filter, Term, Test, ast::Count};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " and "),
            Self::Any(parts) => joined(f, parts, " or "),
            Self::Not(inner) => match &**inner {
                Self::Term(term) if !matches!(term.test, Test::Compare(..)) => write_term(f, term, "not "),
                inner => {
                    f.write_str("not ")?;
                    in_parentheses(f, inner)
                }
            },
            Self::Search(text) => write_value(f, text),
            Self::Term(term) => write_term(f, term, ""),
            Self::Count(Count { list, of, comparison, number }) => {
                write!(f, "{list}.count({of}) {} ", comparison.sign())?;
                write_value(f, number)
            }
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Filter], between: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        in_parentheses(f, part)?;
    }
    Ok(())
}

/// Groups in parentheses, anything else as it is.
fn in_parentheses(f: &mut fmt::Formatter<'_>, part: &Filter) -> fmt::Result {
    match part {
        Filter::All(_) | Filter::Any(_) => write!(f, "({part})"),
        _ => write!(f, "{part}"),
    }
}

fn write_term(f: &mut fmt::Formatter<'_>, term: &Term, not: &str) -> fmt::Result {
    let Term { field, test } = term;
    match test {
        Test::Compare(comparison, value) => {
            write!(f, "{field} {} ", comparison.sign())?;
            write_value(f, value)
        }
        Test::Contains(value) => {
            write!(f, "{field} {not}contains ")?;
            write_value(f, value)
        }
        Test::BeginsWith(value) => {
            write!(f, "{field} {not}begins with ")?;
            write_value(f, value)
        }
        Test::EndsWith(value) => {
            write!(f, "{field} {not}ends with ")?;
            write_value(f, value)
        }
        Test::In(values) => {
            write!(f, "{field} {not}in (")?;
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    f.write_str(", ")?;
                }
                write_value(f, value)?;
            }
            f.write_str(")")
        }
        Test::Empty => write!(f, "{field} is {not}empty"),
    }
}

/// Bare where that cannot be misread, else in quotation marks.
fn write_value(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    if can_stand_bare(value) {
        return f.write_str(value);
    }
    f.write_str("\"")?;
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{character}")?;
    }
    f.write_str("\"")
}

fn can_stand_bare(value: &str) -> bool {
    let keyword =
        ["and", "or", "not", "null", "in", "is", "empty", "contains", "begins", "starts", "ends", "with"]
            .iter()
            .any(|keyword| value.eq_ignore_ascii_case(keyword));
    let plain = |character: char| {
        character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':' | '@' | '+' | '/' | '#')
    };
    !value.is_empty() && !keyword && value.chars().all(plain)
}
