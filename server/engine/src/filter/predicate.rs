use super::{Range, SearchTerm};

/// A filter ready for a store. `All(vec![])` is always true and `Any(vec![])` never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    Search(SearchTerm),
    Test {
        /// [`FieldSpec::name`](latchkey_shared::filter::FieldSpec::name).
        field: &'static str,
        test: FieldTest,
    },
    /// So many entries of a list meet a predicate.
    Count {
        /// [`FieldSpec::name`](latchkey_shared::filter::FieldSpec::name) of the list.
        list: &'static str,
        of: Box<Predicate>,
        range: Range,
    },
}

/// A test of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldTest {
    /// One of these texts.
    TextIn(Vec<String>),
    Contains(String),
    BeginsWith(String),
    EndsWith(String),
    /// One of these stored words.
    ChoiceIn(Vec<&'static str>),
    NumberIn(Vec<i64>),
    /// Numbers, milliseconds or minor units.
    Range(Range),
    Is(bool),
    /// Null, or a text of no characters.
    Empty,
}

impl Predicate {
    /// The opposite; twice gives the predicate itself back.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}
