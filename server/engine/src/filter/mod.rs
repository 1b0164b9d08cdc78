//! From a filter to a predicate that a store can turn into conditions without knowing the language.
//!
//! Names are resolved to the fields' own names, values are typed, days are the vendor's days as half-open
//! ranges of milliseconds, amounts are minor units.
//!
//! A store keeps to two rules. Texts are compared without regard to case. An empty column does not match a
//! test, and so matches its opposite: `tag != vip` finds customers without any tag.

mod predicate;
mod range;
mod search;

use latchkey_shared::filter::{
    CheckError, Comparison, FieldSpec, Filter, TypedFilter, TypedTest, TypedValue, resolve,
};
use latchkey_shared::money::{Currency, Money};
use latchkey_shared::time::Timestamp;
pub use predicate::{FieldTest, Predicate};
pub use range::Range;
pub use search::SearchTerm;

use crate::period::Tz;

/// What the meaning of a filter depends on.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub now: Timestamp,
    /// The vendor's.
    pub zone: Tz,
    /// What amounts are compared in.
    pub currency: Currency,
}

/// Checks a filter against the fields of a list and works out what it means now.
pub fn predicate(filter: &Filter, fields: &[FieldSpec], context: &Context) -> Result<Predicate, CheckError> {
    meaning(resolve(filter, fields)?, context)
}

fn meaning(filter: TypedFilter<'_>, context: &Context) -> Result<Predicate, CheckError> {
    let each = |parts: Vec<TypedFilter<'_>>| -> Result<Vec<Predicate>, CheckError> {
        parts.into_iter().map(|part| meaning(part, context)).collect()
    };
    Ok(match filter {
        TypedFilter::All(parts) => Predicate::All(each(parts)?),
        TypedFilter::Any(parts) => Predicate::Any(each(parts)?),
        TypedFilter::Not(inner) => meaning(*inner, context)?.negated(),
        TypedFilter::Search(text) => Predicate::Search(SearchTerm::new(&text)),
        TypedFilter::Test(field, test) => of_test(field, test, context)?,
        TypedFilter::Count(field, of, comparison, number) => {
            let range = Range::exactly(number).compared(comparison);
            let counted = Predicate::Count { list: field.name, of: Box::new(meaning(*of, context)?), range };
            if comparison == Comparison::NotEqual { counted.negated() } else { counted }
        }
    })
}

fn of_test(field: &FieldSpec, test: TypedTest, context: &Context) -> Result<Predicate, CheckError> {
    let is = |test| Predicate::Test { field: field.name, test };
    Ok(match test {
        TypedTest::Empty => is(FieldTest::Empty),
        TypedTest::Contains(text) => is(FieldTest::Contains(text)),
        TypedTest::BeginsWith(text) => is(FieldTest::BeginsWith(text)),
        TypedTest::EndsWith(text) => is(FieldTest::EndsWith(text)),
        TypedTest::Compare(Comparison::NotEqual, value) => equal(field, value, context)?.negated(),
        TypedTest::Compare(Comparison::Equal, value) => equal(field, value, context)?,
        TypedTest::Compare(comparison, value) => {
            let of_value = span(field, &value, context)?.unwrap_or(Range::EVERYTHING);
            is(FieldTest::Range(of_value.compared(comparison)))
        }
        TypedTest::In(values) => one_of(field, values, context)?,
    })
}

fn equal(field: &FieldSpec, value: TypedValue, context: &Context) -> Result<Predicate, CheckError> {
    let is = |test| Predicate::Test { field: field.name, test };
    if let Some(range) = span(field, &value, context)? {
        return Ok(is(FieldTest::Range(range)));
    }
    Ok(is(match value {
        TypedValue::Text(text) if text.is_empty() => FieldTest::Empty,
        TypedValue::Text(text) => FieldTest::TextIn(vec![text]),
        TypedValue::Choice(word) => FieldTest::ChoiceIn(vec![word]),
        TypedValue::Bool(truth) => FieldTest::Is(truth),
        TypedValue::Number(_) | TypedValue::Date(_) | TypedValue::Amount(_) => {
            FieldTest::Range(Range::EVERYTHING)
        }
    }))
}

/// One test for texts, words and numbers; a choice of ranges for the rest.
fn one_of(field: &FieldSpec, values: Vec<TypedValue>, context: &Context) -> Result<Predicate, CheckError> {
    let (mut texts, mut words, mut numbers, mut others) = (vec![], vec![], vec![], vec![]);
    for value in values {
        match value {
            TypedValue::Text(text) if !text.is_empty() => texts.push(text),
            TypedValue::Choice(word) => words.push(word),
            TypedValue::Number(number) => numbers.push(number),
            other => others.push(equal(field, other, context)?),
        }
    }
    let lists = [
        (!texts.is_empty()).then_some(FieldTest::TextIn(texts)),
        (!words.is_empty()).then_some(FieldTest::ChoiceIn(words)),
        (!numbers.is_empty()).then_some(FieldTest::NumberIn(numbers)),
    ];
    others.extend(lists.into_iter().flatten().map(|test| Predicate::Test { field: field.name, test }));
    Ok(if others.len() == 1 { others.remove(0) } else { Predicate::Any(others) })
}

/// The numbers that count as equal to a value: one, or all milliseconds of a day. `None` for what has no order.
fn span(field: &FieldSpec, value: &TypedValue, context: &Context) -> Result<Option<Range>, CheckError> {
    Ok(match value {
        TypedValue::Number(number) => Some(Range::exactly(*number)),
        TypedValue::Date(literal) => Some(range::of_date(*literal, context.now, context.zone)),
        TypedValue::Amount(text) => match Money::parse_decimal(text, context.currency) {
            Ok(money) => Some(Range::exactly(money.minor)),
            Err(_) => {
                return Err(CheckError::BadValue {
                    field: field.name,
                    value: text.clone(),
                    kind: field.kind,
                });
            }
        },
        TypedValue::Text(_) | TypedValue::Choice(_) | TypedValue::Bool(_) => None,
    })
}

#[cfg(test)]
mod tests;
