//! A filter checked against the fields of a list, its values read by their fields' kinds.

use std::fmt;

use super::literal::{bool_value, choice_value, is_amount};
use super::{
    Comparison, Count, DateLiteral, FieldKind, FieldSpec, Filter, MAX_DEPTH, MAX_TERMS, Operation, Term,
    Test, find_field,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedFilter<'f> {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Search(String),
    Test(&'f FieldSpec, TypedTest),
    /// How many entries of a list meet a filter.
    Count(&'f FieldSpec, Box<Self>, Comparison, i64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedTest {
    Compare(Comparison, TypedValue),
    Contains(String),
    BeginsWith(String),
    EndsWith(String),
    In(Vec<TypedValue>),
    Empty,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedValue {
    Text(String),
    Number(i64),
    Date(DateLiteral),
    Bool(bool),
    /// An amount as written, known to be one; how many minor units it is depends on the currency.
    Amount(String),
    Choice(&'static str),
}

/// Why a filter does not fit a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckError {
    UnknownField {
        name: String,
        meant: Option<&'static str>,
    },
    /// Entries of this are asked for, and it has none.
    NoList {
        name: String,
    },
    /// A bare word where the entries of a list are tested.
    WordInList {
        word: String,
    },
    NotPossible {
        field: &'static str,
        operation: Operation,
        possible: Vec<Operation>,
    },
    BadValue {
        field: &'static str,
        value: String,
        kind: FieldKind,
    },
    TooManyTerms,
    TooDeep,
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField { name, meant: Some(meant) } => {
                write!(f, "There is no field “{name}”. Did you mean “{meant}”?")
            }
            Self::UnknownField { name, meant: None } => write!(f, "There is no field “{name}”."),
            Self::NoList { name } => write!(f, "“{name}” is no list whose entries can be counted."),
            Self::WordInList { word } => {
                write!(f, "“{word}” is no test of an entry. Write one such as it.name = \"usage\".")
            }
            Self::NotPossible { field, operation, possible } if possible.is_empty() => write!(
                f,
                "“{}” is not possible for “{field}”: write {field}.count(…) > 0.",
                operation.words()
            ),
            Self::NotPossible { field, operation, possible } => {
                let words: Vec<_> = possible.iter().map(|operation| operation.words()).collect();
                write!(
                    f,
                    "“{}” is not possible for “{field}”. Possible: {}.",
                    operation.words(),
                    words.join(", ")
                )
            }
            Self::BadValue { field, value, kind } => {
                write!(f, "“{value}” does not fit “{field}”: ")?;
                match kind {
                    FieldKind::Text => f.write_str("it needs a text."),
                    FieldKind::Number => f.write_str("it needs a whole number."),
                    FieldKind::Date => f.write_str("it needs a day, such as 2026-12-31, today or today-30d."),
                    FieldKind::Bool => f.write_str("it needs yes or no."),
                    FieldKind::Money => f.write_str("it needs an amount, such as 12.50."),
                    FieldKind::Choice(words) => write!(f, "it needs one of {}.", words.join(", ")),
                    FieldKind::List(_) => f.write_str("its entries are counted with a whole number."),
                }
            }
            Self::TooManyTerms => write!(f, "The filter has more than {MAX_TERMS} conditions."),
            Self::TooDeep => write!(f, "Groups can be {MAX_DEPTH} deep at most."),
        }
    }
}

impl std::error::Error for CheckError {}

/// Whether a filter fits the fields of a list.
pub fn check(filter: &Filter, fields: &[FieldSpec]) -> Result<(), CheckError> {
    resolve(filter, fields).map(|_| ())
}

/// Finds each name among the fields and reads each value.
pub fn resolve<'f>(filter: &Filter, fields: &'f [FieldSpec]) -> Result<TypedFilter<'f>, CheckError> {
    if filter.depth() > MAX_DEPTH {
        return Err(CheckError::TooDeep);
    }
    if filter.terms() > MAX_TERMS {
        return Err(CheckError::TooManyTerms);
    }
    resolve_part(filter, fields)
}

fn resolve_part<'f>(filter: &Filter, fields: &'f [FieldSpec]) -> Result<TypedFilter<'f>, CheckError> {
    let all =
        |parts: &[Filter]| parts.iter().map(|part| resolve_part(part, fields)).collect::<Result<_, _>>();
    Ok(match filter {
        Filter::All(parts) => TypedFilter::All(all(parts)?),
        Filter::Any(parts) => TypedFilter::Any(all(parts)?),
        Filter::Not(inner) => TypedFilter::Not(Box::new(resolve_part(inner, fields)?)),
        Filter::Search(text) => TypedFilter::Search(text.clone()),
        Filter::Term(term) => {
            let field = find_field(fields, &term.field).ok_or_else(|| unknown(&term.field, fields))?;
            TypedFilter::Test(field, resolve_test(term, field)?)
        }
        Filter::Count(count) => resolve_count(count, fields)?,
    })
}

fn resolve_count<'f>(count: &Count, fields: &'f [FieldSpec]) -> Result<TypedFilter<'f>, CheckError> {
    let no_list = || CheckError::NoList { name: count.list.clone() };
    let field = find_field(fields, &count.list).ok_or_else(no_list)?;
    let FieldKind::List(entries) = field.kind else { return Err(no_list()) };
    let of = resolve_part(&about_entry(&count.of)?, entries)?;
    let bad = || CheckError::BadValue { field: field.name, value: count.number.clone(), kind: field.kind };
    let number = count.number.parse().map_err(|_| bad())?;
    Ok(TypedFilter::Count(field, Box::new(of), count.comparison, number))
}

/// A filter of the entries of a list, their fields without `it.`.
fn about_entry(filter: &Filter) -> Result<Filter, CheckError> {
    let each = |parts: &[Filter]| parts.iter().map(about_entry).collect::<Result<Vec<_>, _>>();
    Ok(match filter {
        Filter::All(parts) => Filter::All(each(parts)?),
        Filter::Any(parts) => Filter::Any(each(parts)?),
        Filter::Not(inner) => about_entry(inner)?.negated(),
        Filter::Search(word) => return Err(CheckError::WordInList { word: word.clone() }),
        Filter::Term(term) => {
            Filter::term(term.field.strip_prefix("it.").unwrap_or(&term.field), term.test.clone())
        }
        Filter::Count(count) => return Err(CheckError::NoList { name: count.list.clone() }),
    })
}

fn resolve_test(term: &Term, field: &FieldSpec) -> Result<TypedTest, CheckError> {
    let operation = term.test.operation();
    if !field.operations().any(|possible| possible == operation) {
        let possible = field.operations().collect();
        return Err(CheckError::NotPossible { field: field.name, operation, possible });
    }
    Ok(match &term.test {
        Test::Compare(comparison, value) => TypedTest::Compare(*comparison, read(value, field)?),
        Test::In(values) => {
            TypedTest::In(values.iter().map(|value| read(value, field)).collect::<Result<_, _>>()?)
        }
        Test::Contains(text) => TypedTest::Contains(text.clone()),
        Test::BeginsWith(text) => TypedTest::BeginsWith(text.clone()),
        Test::EndsWith(text) => TypedTest::EndsWith(text.clone()),
        Test::Empty => TypedTest::Empty,
    })
}

fn read(value: &str, field: &FieldSpec) -> Result<TypedValue, CheckError> {
    let typed = match field.kind {
        FieldKind::Text => Some(TypedValue::Text(value.to_owned())),
        FieldKind::Number => value.parse().ok().map(TypedValue::Number),
        FieldKind::Date => DateLiteral::parse(value).map(TypedValue::Date),
        FieldKind::Bool => bool_value(value).map(TypedValue::Bool),
        FieldKind::Money => is_amount(value).then(|| TypedValue::Amount(value.to_owned())),
        FieldKind::Choice(words) => choice_value(value, words).map(TypedValue::Choice),
        FieldKind::List(_) => None,
    };
    typed.ok_or_else(|| CheckError::BadValue { field: field.name, value: value.to_owned(), kind: field.kind })
}

fn unknown(name: &str, fields: &[FieldSpec]) -> CheckError {
    let nearest = fields.iter().map(|field| (distance(name, field.name), field.name)).min();
    let meant = nearest.filter(|(distance, _)| *distance <= 2).map(|(_, name)| name);
    CheckError::UnknownField { name: name.to_owned(), meant }
}

/// How many letters must be changed, added or taken away to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for column in 0..b.len() {
            let change = diagonal + usize::from(b[column] != letter);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    const FIELDS: &[FieldSpec] = &[
        FieldSpec::number("id", "Number"),
        FieldSpec::text("email", "E-mail"),
        FieldSpec::text("customer.name", "Customer").also(&["name"]).optional(),
        FieldSpec::choice("status", "Status", &["active", "past_due"]),
        FieldSpec::date("expires", "Expires").optional(),
        FieldSpec::bool("blocked", "Blocked"),
        FieldSpec::money("amount", "Amount"),
        FieldSpec::list(
            "objects",
            "Objects",
            &[FieldSpec::text("name", "Name"), FieldSpec::number("int_value", "Number").also(&["intvalue"])],
        ),
        FieldSpec::text("key", "Key").only(&[Operation::Compare(Comparison::Equal), Operation::BeginsWith]),
    ];

    fn checked(text: &str) -> Result<(), String> {
        check(&parse(text).unwrap().unwrap(), FIELDS).map_err(|error| error.to_string())
    }

    #[test]
    fn what_fits() {
        for text in [
            "Id=123",
            "ID in (1, 2)",
            "name = Bob and CUSTOMER.NAME is empty",
            "status = \"Past due\"",
            "expires < today+7d or expires is empty",
            "blocked = no",
            "amount >= 12.50",
            "key begins with ABC",
            "anything \"at all\"",
            "objects.Count(it.Name = \"a\" && it.IntValue > 5) >= 2",
            "objects.any(name contains a)",
        ] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_explained() {
        for (text, message) in [
            ("emial = x", "There is no field “emial”. Did you mean “email”?"),
            ("colour = red", "There is no field “colour”."),
            ("id = abc", "“abc” does not fit “id”: it needs a whole number."),
            (
                "id = 99999999999999999999",
                "“99999999999999999999” does not fit “id”: it needs a whole number.",
            ),
            ("status = gone", "“gone” does not fit “status”: it needs one of active, past_due."),
            (
                "expires < soon",
                "“soon” does not fit “expires”: it needs a day, such as 2026-12-31, today or today-30d.",
            ),
            ("blocked = perhaps", "“perhaps” does not fit “blocked”: it needs yes or no."),
            ("amount > \"1,5\"", "“1,5” does not fit “amount”: it needs an amount, such as 12.50."),
            (
                "email < m",
                "“<” is not possible for “email”. Possible: contains, =, !=, begins with, ends with, in.",
            ),
            ("key contains A", "“contains” is not possible for “key”. Possible: =, begins with."),
            ("objects.any(it.colour = red)", "There is no field “colour”."),
            ("objects.any(usage)", "“usage” is no test of an entry. Write one such as it.name = \"usage\"."),
            ("email.any(it.name = a)", "“email” is no list whose entries can be counted."),
            (
                "objects.count(it.name = a) > many",
                "“many” does not fit “objects”: its entries are counted with a whole number.",
            ),
            ("objects = 3", "“=” is not possible for “objects”: write objects.count(…) > 0."),
            ("id is empty", "“is empty” is not possible for “id”. Possible: =, !=, <, <=, >, >=, in."),
        ] {
            assert_eq!(checked(text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_built_filter_has_the_limits_of_a_written_one() {
        let word = || Filter::Search("a".to_owned());
        let deep = (0..=MAX_DEPTH).fold(word(), |inner, _| Filter::All(vec![inner, word()]));
        assert_eq!(check(&deep, FIELDS), Err(CheckError::TooDeep));
        let wide = Filter::Any((0..=MAX_TERMS).map(|_| word()).collect());
        assert_eq!(check(&wide, FIELDS), Err(CheckError::TooManyTerms));
    }
}
