//! What can be filtered by: each list declares its fields.

use super::{Comparison, Test};

/// One field of a list. Declared as a constant:
///
/// ```
/// use latchkey_shared::filter::FieldSpec;
///
/// const FIELDS: &[FieldSpec] = &[
///     FieldSpec::number("id", "Number"),
///     FieldSpec::text("email", "E-mail").also(&["mail"]),
///     FieldSpec::choice("status", "Status", &["active", "disabled"]),
///     FieldSpec::date("expires", "Expires").optional(),
/// ];
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// As written in filters: lower case.
    pub name: &'static str,
    /// As shown in the builder.
    pub label: &'static str,
    /// Other names that are taken for it, lower case.
    pub aliases: &'static [&'static str],
    pub kind: FieldKind,
    /// Whether it can be empty.
    pub optional: bool,
    /// Fewer operations than its kind has, where the store cannot do all of them quickly.
    only: Option<&'static [Operation]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// A whole number.
    Number,
    /// A day, or a point in time.
    Date,
    Bool,
    /// An amount in the vendor's currency: `12.50`.
    Money,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Several things with fields of their own, of which can be asked how many meet a filter.
    List(&'static [FieldSpec]),
}

/// What can be asked of a field; the builder offers these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Compare(Comparison),
    Contains,
    BeginsWith,
    EndsWith,
    In,
    Empty,
}

const TEXT: &[Operation] = &[
    Operation::Contains,
    Operation::Compare(Comparison::Equal),
    Operation::Compare(Comparison::NotEqual),
    Operation::BeginsWith,
    Operation::EndsWith,
    Operation::In,
    Operation::Empty,
];
const ORDERED: &[Operation] = &[
    Operation::Compare(Comparison::Equal),
    Operation::Compare(Comparison::NotEqual),
    Operation::Compare(Comparison::Less),
    Operation::Compare(Comparison::LessOrEqual),
    Operation::Compare(Comparison::Greater),
    Operation::Compare(Comparison::GreaterOrEqual),
    Operation::In,
    Operation::Empty,
];
const CHOICE: &[Operation] = &[
    Operation::Compare(Comparison::Equal),
    Operation::Compare(Comparison::NotEqual),
    Operation::In,
    Operation::Empty,
];
const BOOL: &[Operation] =
    &[Operation::Compare(Comparison::Equal), Operation::Compare(Comparison::NotEqual), Operation::Empty];

impl FieldSpec {
    const fn new(name: &'static str, label: &'static str, kind: FieldKind) -> Self {
        Self { name, label, aliases: &[], kind, optional: false, only: None }
    }

    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, FieldKind::Text)
    }

    pub const fn number(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, FieldKind::Number)
    }

    pub const fn date(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, FieldKind::Date)
    }

    pub const fn bool(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, FieldKind::Bool)
    }

    pub const fn money(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, FieldKind::Money)
    }

    pub const fn choice(name: &'static str, label: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, label, FieldKind::Choice(words))
    }

    pub const fn list(name: &'static str, label: &'static str, entries: &'static [FieldSpec]) -> Self {
        Self::new(name, label, FieldKind::List(entries))
    }

    /// Other names for the same field.
    pub const fn also(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// It can be empty, so `is empty` makes sense.
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Only these operations.
    pub const fn only(self, operations: &'static [Operation]) -> Self {
        Self { only: Some(operations), ..self }
    }

    /// The operations this field has, the likeliest first.
    pub fn operations(&self) -> impl Iterator<Item = Operation> + use<> {
        let of_kind = match self.kind {
            FieldKind::Text => TEXT,
            FieldKind::Number | FieldKind::Date | FieldKind::Money => ORDERED,
            FieldKind::Choice(_) => CHOICE,
            FieldKind::Bool => BOOL,
            FieldKind::List(_) => &[],
        };
        let optional = self.optional;
        self.only
            .unwrap_or(of_kind)
            .iter()
            .copied()
            .filter(move |operation| optional || *operation != Operation::Empty)
    }
}

impl Operation {
    /// The words of the filter language.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Compare(comparison) => comparison.sign(),
            Self::Contains => "contains",
            Self::BeginsWith => "begins with",
            Self::EndsWith => "ends with",
            Self::In => "in",
            Self::Empty => "is empty",
        }
    }
}

impl Test {
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Compare(comparison, _) => Operation::Compare(*comparison),
            Self::Contains(_) => Operation::Contains,
            Self::BeginsWith(_) => Operation::BeginsWith,
            Self::EndsWith(_) => Operation::EndsWith,
            Self::In(_) => Operation::In,
            Self::Empty => Operation::Empty,
        }
    }
}

/// The field of that name or alias, in any case.
pub fn find_field<'f>(fields: &'f [FieldSpec], name: &str) -> Option<&'f FieldSpec> {
    fields.iter().find(|field| {
        field.name.eq_ignore_ascii_case(name)
            || field.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}
