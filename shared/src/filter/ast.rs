use super::fields::{FieldKind, FieldSpec, find_field};

/// What a list is filtered by, as written: names and values are not checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Every one of these; two or more.
    All(Vec<Filter>),
    /// At least one of these; two or more.
    Any(Vec<Filter>),
    Not(Box<Filter>),
    /// A word, number or quoted text by itself.
    Search(String),
    Term(Term),
    Count(Count),
}

/// How many of a list's entries meet a filter: `dataobjects.count(it.name = "usage") > 0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Lower case: `dataobjects`.
    pub list: String,
    /// About one entry at a time, whose fields may be written `it.name`.
    pub of: Box<Filter>,
    pub comparison: Comparison,
    pub number: String,
}

/// One test of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Lower case; may have dots: `customer.name`.
    pub field: String,
    pub test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Compare(Comparison, String),
    Contains(String),
    BeginsWith(String),
    EndsWith(String),
    /// One of these; one or more.
    In(Vec<String>),
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    pub const ALL: [Self; 6] =
        [Self::Equal, Self::NotEqual, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl Filter {
    /// All of `parts`: nothing if there are none, the part itself if there is one.
    pub fn all(parts: Vec<Self>) -> Option<Self> {
        Self::group(parts, Self::All)
    }

    /// Any of `parts`: nothing if there are none, the part itself if there is one.
    pub fn any(parts: Vec<Self>) -> Option<Self> {
        Self::group(parts, Self::Any)
    }

    fn group(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Option<Self> {
        if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
    }

    /// A test of a field.
    pub fn term(field: impl Into<String>, test: Test) -> Self {
        Self::Term(Term { field: field.into(), test })
    }

    /// The opposite.
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The same where a flag's name by itself tests whether it is set, and searches nothing: `F1 and not block`.
    pub fn with_flags(self, fields: &[FieldSpec]) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(|part| part.with_flags(fields)).collect();
        match self {
            Self::All(parts) => Self::All(each(parts)),
            Self::Any(parts) => Self::Any(each(parts)),
            Self::Not(inner) => inner.with_flags(fields).negated(),
            Self::Search(word) => {
                let field = find_field(fields, &word.to_lowercase());
                match field.filter(|field| field.kind == FieldKind::Bool) {
                    Some(field) => {
                        Self::term(field.name, Test::Compare(Comparison::Equal, "true".to_owned()))
                    }
                    None => Self::Search(word),
                }
            }
            other @ (Self::Term(_) | Self::Count(_)) => other,
        }
    }

    /// Number of tests and searches.
    pub fn terms(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::terms).sum(),
            Self::Not(inner) => inner.terms(),
            Self::Count(count) => count.of.terms(),
            Self::Search(_) | Self::Term(_) => 1,
        }
    }

    /// Number of groups inside one another, at the deepest place.
    pub fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(inner) => inner.depth(),
            Self::Count(count) => 1 + count.of.depth(),
            Self::Search(_) | Self::Term(_) => 0,
        }
    }
}
