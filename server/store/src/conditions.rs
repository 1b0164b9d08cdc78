//! From a filter's predicate to SQL conditions.
//!
//! Texts are compared without regard to case. A test that an empty column does not meet is met by its
//! opposite, so `NULL` never makes a condition unknown.

use latchkey_engine::filter::{FieldTest, Predicate, Range, SearchTerm};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::text_match;

/// How the fields of one list become SQL.
pub trait Columns {
    /// The condition of a test of `field`, a name of the list's field table.
    fn test(&self, field: &str, test: &FieldTest) -> Condition;
    /// The condition of a bare word.
    fn search(&self, term: &SearchTerm) -> Condition;
    /// The condition of how many entries of `list` meet a predicate, for those that have lists.
    fn count(&self, _list: &str, _of: &Predicate, _range: Range) -> Condition {
        never()
    }
}

/// The whole condition of a predicate.
pub fn condition(predicate: &Predicate, columns: &dyn Columns) -> Condition {
    match predicate {
        Predicate::All(parts) => {
            parts.iter().fold(Condition::all(), |all, part| all.add(condition(part, columns)))
        }
        // An empty `any` is never true; SQL's builder would drop it.
        Predicate::Any(parts) if parts.is_empty() => never(),
        Predicate::Any(parts) => {
            parts.iter().fold(Condition::any(), |any, part| any.add(condition(part, columns)))
        }
        Predicate::Not(inner) => condition(inner, columns).not(),
        Predicate::Search(term) => columns.search(term),
        Predicate::Test { field, test } => columns.test(field, test),
        Predicate::Count { list, of, range } => columns.count(list, of, *range),
    }
}

/// Meets no row.
pub fn never() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// A test of a text column; an empty one counts as a text of no characters.
pub fn text(column: SimpleExpr, test: &FieldTest) -> Condition {
    let filled: SimpleExpr = Func::coalesce([column, Expr::val("")]).into();
    let lower = || SimpleExpr::from(Func::lower(filled.clone()));
    Condition::all().add(match test {
        FieldTest::TextIn(texts) => lower().is_in(texts.iter().map(|text| text.to_lowercase())),
        FieldTest::ChoiceIn(words) => filled.is_in(words.iter().copied()),
        FieldTest::Contains(text) => lower().like(text_match::contains(&text.to_lowercase())),
        FieldTest::BeginsWith(text) => lower().like(text_match::begins_with(&text.to_lowercase())),
        FieldTest::EndsWith(text) => lower().like(text_match::ends_with(&text.to_lowercase())),
        FieldTest::Empty => filled.eq(""),
        FieldTest::NumberIn(_) | FieldTest::Range(_) | FieldTest::Is(_) => return never(),
    })
}

/// A test of a column that holds lower case, byte by byte comparable, never null. An index on it serves all but
/// what looks inside.
pub fn folded(column: SimpleExpr, test: &FieldTest) -> Condition {
    Condition::all().add(match test {
        FieldTest::TextIn(texts) => column.is_in(texts.iter().map(|text| text.to_lowercase())),
        FieldTest::BeginsWith(text) => {
            let beginning = text.to_lowercase();
            let last = last_beginning_with(&beginning);
            column.between(beginning, last)
        }
        FieldTest::Contains(text) => column.like(text_match::contains(&text.to_lowercase())),
        FieldTest::EndsWith(text) => column.like(text_match::ends_with(&text.to_lowercase())),
        FieldTest::Empty => column.eq(""),
        _ => return never(),
    })
}

/// The last of the texts that begin so, byte by byte.
pub fn last_beginning_with(beginning: &str) -> String {
    format!("{beginning}{}", char::MAX)
}

/// A test of a word column that is never null.
pub fn choice(column: SimpleExpr, test: &FieldTest) -> Condition {
    Condition::all().add(match test {
        FieldTest::ChoiceIn(words) => column.is_in(words.iter().copied()),
        FieldTest::Empty => column.eq(""),
        _ => return never(),
    })
}

/// A test of a column that holds upper case: a country. Whole ones are found through its index.
pub fn code(column: SimpleExpr, test: &FieldTest) -> Condition {
    match test {
        FieldTest::TextIn(texts) => {
            Condition::all().add(column.is_in(texts.iter().map(|text| text.to_uppercase())))
        }
        _ => text(column, test),
    }
}

/// A test of a column whose whole texts have one spelling: another system's id.
pub fn exact(column: SimpleExpr, test: &FieldTest) -> Condition {
    match test {
        FieldTest::TextIn(texts) => Condition::all().add(column.is_in(texts.iter().map(String::as_str))),
        _ => text(column, test),
    }
}

/// A test of a text column that is never null, so that an index on its lower case serves whole texts.
pub fn filled_text(column: SimpleExpr, test: &FieldTest) -> Condition {
    match test {
        FieldTest::TextIn(texts) => Condition::all()
            .add(SimpleExpr::from(Func::lower(column)).is_in(texts.iter().map(|text| text.to_lowercase()))),
        _ => text(column, test),
    }
}

/// A test of a number or time column.
pub fn number(column: SimpleExpr, test: &FieldTest) -> Condition {
    let there = column.clone().is_not_null();
    match test {
        FieldTest::NumberIn(numbers) => {
            Condition::all().add(there).add(column.is_in(numbers.iter().copied()))
        }
        FieldTest::Range(range) => {
            let mut condition = Condition::all().add(there);
            if let Some(least) = range.at_least {
                condition = condition.add(column.clone().gte(least));
            }
            if let Some(below) = range.below {
                condition = condition.add(column.lt(below));
            }
            condition
        }
        FieldTest::Empty => Condition::all().add(column.is_null()),
        _ => never(),
    }
}

/// A test of a yes-or-no column.
pub fn boolean(column: SimpleExpr, test: &FieldTest) -> Condition {
    match test {
        FieldTest::Is(truth) => Condition::all().add(column.eq(*truth)),
        _ => never(),
    }
}
