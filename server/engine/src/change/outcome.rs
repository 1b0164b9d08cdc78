use latchkey_shared::change::{Direction, LineKind, Loss};
use latchkey_shared::time::Timestamp;

use super::{Item, Tax, Term};

/// What a wish does: shown as a preview, stored by the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub direction: Direction,
    /// Now, or when a planned change takes effect.
    pub effective: Timestamp,
    /// It waits until [`Outcome::effective`]; nothing is charged before.
    pub is_planned: bool,
    pub lines: Vec<Line>,
    pub totals: Totals,
    /// What is held afterwards, the base first.
    pub items: Vec<Kept>,
    pub term: Option<Term>,
    pub old_expiry: Option<Timestamp>,
    pub new_expiry: Option<Timestamp>,
    /// What comes after, if anything does.
    pub next: Option<Next>,
    pub losses: Vec<Loss>,
}

/// One amount of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub kind: LineKind,
    /// The plan's name; empty for what is waived.
    pub name: String,
    pub quantity: u32,
    /// Minor units before tax; negative for what is given back.
    pub amount: i64,
    /// Tax on it.
    pub tax: i64,
    /// Days that are charged or given back, of so many.
    pub days: Option<(i64, i64)>,
}

/// The amounts of a preview, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// The sum of the lines.
    pub net: i64,
    /// The sum of their taxes.
    pub tax: i64,
    /// `net + tax`; negative where more is given back than charged.
    pub gross: i64,
    /// Taken from the customer's balance.
    pub from_balance: i64,
    /// Added to the customer's balance.
    pub to_balance: i64,
    /// What the customer pays today; never negative.
    pub due: i64,
}

/// An item as it is held afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub item: Item,
    pub paid: i64,
    pub tax: Tax,
    pub paid_from: Timestamp,
}

/// The next payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Minor units, with tax.
    pub amount: i64,
    pub at: Timestamp,
}
