use latchkey_shared::change::{Refund, RenewFrom};
use latchkey_shared::money::{Currency, Money};
use latchkey_shared::time::{PlanDuration, Timestamp};

use super::{Kept, Refusal, Tax};
use crate::period::{self, Tz};

/// How a subscription and its customer stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The moment that is computed for; a quote keeps it, and its commit uses it again.
    pub now: Timestamp,
    /// The vendor's.
    pub zone: Tz,
    pub currency: Currency,
    pub phase: Phase,
    /// The base first.
    pub held: Vec<Held>,
    /// What is paid for, or on trial. `None`: not begun, or without end.
    pub term: Option<Term>,
    /// The customer's credit in this currency, minor units, never negative.
    pub balance: i64,
    /// On what is charged now.
    pub tax: Tax,
}

/// How far a contract is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It begins with the first sign-in.
    NotBegun,
    Trial,
    /// Within the time that is paid for.
    Running,
    /// In grace or expired.
    Lapsed,
    Paused,
    /// Cancelled; only a renewal brings it back.
    Ended,
}

/// The time that is paid for without a gap: one plan's length or several, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub start: Timestamp,
    pub end: Timestamp,
    /// How many of the plan's lengths it is.
    pub lengths: u32,
    /// Where the plan's lengths are counted from, so that what began on a 31st keeps ending on last days.
    pub anchor: Timestamp,
}

/// What is sold: some pieces of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub product: i64,
    pub plan: i64,
    /// For the lines: `Pro, monthly`.
    pub name: String,
    pub is_base: bool,
    pub quantity: u32,
    /// Of one piece for one length of the plan; what it has to do with tax, [`Tax`] says.
    pub price: Money,
    pub every: PlanDuration,
}

/// An item as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub item: Item,
    /// What was really paid for the time from `paid_from` to the term's end, minor units, in the terms of prices.
    pub paid: i64,
    /// The tax that it was paid with: what is given back is taxed as it was charged.
    pub tax: Tax,
    /// Not before the term's start.
    pub paid_from: Timestamp,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Other plans, extras or quantities.
    Change {
        target: Vec<Item>,
        when: When,
        /// Staff let the customer have it for nothing.
        waive: bool,
    },
    /// Another period.
    Renew {
        target: Vec<Item>,
        from: RenewFrom,
        waive: bool,
    },
    Cancel {
        when: When,
        refund: Refund,
    },
}

/// When a change takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Now,
    /// With the end of the term.
    PeriodEnd,
    /// In the future, not after the end of the term.
    On(Timestamp),
}

impl Item {
    /// All pieces, for one length of the plan.
    pub(super) fn whole_price(&self) -> Result<i64, Refusal> {
        let price = self.price.checked_mul(i64::from(self.quantity)).map_err(|_| Refusal::TooLarge)?;
        Ok(price.minor)
    }

    /// Whether it is the same product and plan.
    pub(super) fn is_same_plan(&self, other: &Self) -> bool {
        (self.product, self.plan) == (other.product, other.plan)
    }
}

impl Held {
    /// As it is held afterwards where nothing happens to it.
    pub(super) fn kept(&self) -> Kept {
        Kept { item: self.item.clone(), paid: self.paid, tax: self.tax, paid_from: self.paid_from }
    }
}

impl Facts {
    /// Days of the term that are left, today included.
    pub(super) fn days_left(&self, term: &Term) -> i64 {
        period::days_until(self.now, term.end, self.zone).max(0)
    }

    /// Calendar days from one instant to another, at least one.
    pub(super) fn days_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        period::days_until(from, to, self.zone).max(1)
    }

    /// The rhythm of what is held.
    pub(super) fn every(&self) -> Option<PlanDuration> {
        self.held.first().map(|held| held.item.every)
    }
}

/// Refuses what cannot be a subscription.
pub(super) fn valid_target(facts: &Facts, target: &[Item]) -> Result<(), Refusal> {
    let base = match target.iter().filter(|item| item.is_base).collect::<Vec<_>>()[..] {
        [base] => base,
        [] => return Err(Refusal::NoBase),
        _ => return Err(Refusal::SeveralBases),
    };
    for (at, item) in target.iter().enumerate() {
        if item.price.currency != facts.currency {
            return Err(Refusal::CurrencyMismatch { wanted: item.price.currency, has: facts.currency });
        }
        if item.quantity == 0 || item.price.is_negative() {
            return Err(Refusal::NothingWanted);
        }
        if item.every != base.every {
            return Err(Refusal::LengthsDiffer);
        }
        if target[..at].iter().any(|earlier| earlier.product == item.product) {
            return Err(Refusal::ProductTwice);
        }
    }
    Ok(())
}
