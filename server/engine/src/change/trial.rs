//! A beginning that costs nothing.

use latchkey_shared::change::Direction;
use latchkey_shared::time::{DurationUnit, PlanDuration};

use super::{Facts, Item, Kept, Next, Outcome, Refusal, Term, Totals, facts::valid_target, money};
use crate::period;

/// A new subscription that begins with days of trial: nothing is charged before they are over. The plan's lengths count
/// from there.
pub fn trial(facts: &Facts, target: &[Item], days: u32) -> Result<Outcome, Refusal> {
    valid_target(facts, target)?;
    let length = PlanDuration::new(days, DurationUnit::Days).map_err(|_| Refusal::NoPeriod)?;
    let end = period::add(facts.now, length, facts.zone);
    let unpaid = |item: &Item| Kept { item: item.clone(), paid: 0, tax: facts.tax, paid_from: facts.now };
    Ok(Outcome {
        direction: Direction::Upgrade,
        effective: facts.now,
        is_planned: false,
        lines: Vec::new(),
        totals: Totals::default(),
        items: target.iter().map(unpaid).collect(),
        term: Some(Term { start: facts.now, end, lengths: 1, anchor: end }),
        old_expiry: None,
        new_expiry: Some(end),
        next: Some(Next { amount: money::per_length(facts, target)?, at: end }),
        losses: Vec::new(),
    })
}
