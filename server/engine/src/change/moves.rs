//! What is planned for later, and ending.

use latchkey_shared::change::{Direction, Loss, Refund};
use latchkey_shared::time::Timestamp;

use super::{Facts, Held, Item, Kept, Next, Outcome, Phase, Refusal, Term, Totals, When, compare, money};

/// A change that waits: nothing is paid before, and what is paid runs out as it is.
pub(super) fn later(facts: &Facts, target: &[Item], when: When) -> Result<Outcome, Refusal> {
    let (term, at) = due(facts, when)?;
    Ok(Outcome {
        direction: compare::direction(&facts.held, target)?,
        effective: at,
        is_planned: true,
        lines: Vec::new(),
        totals: Totals::default(),
        items: held(facts),
        old_expiry: Some(term.end),
        new_expiry: Some(term.end),
        term: Some(term),
        next: Some(Next { amount: money::per_length(facts, target)?, at }),
        losses: compare::losses(&facts.held, target),
    })
}

/// The end of the contract.
pub(super) fn cancel(facts: &Facts, when: When, refund: Refund) -> Result<Outcome, Refusal> {
    if facts.phase == Phase::Ended {
        return Err(Refusal::Ended);
    }
    let old_expiry = facts.term.map(|term| term.end);
    let (effective, is_planned) = match when {
        When::Now => (facts.now, false),
        When::PeriodEnd | When::On(_) => (due(facts, when)?.1, true),
    };
    let mut lines = Vec::new();
    if refund == Refund::ToBalance && facts.phase == Phase::NotBegun {
        for held in &facts.held {
            lines.extend(money::unbegun(facts, held)?);
        }
    }
    if let (When::Now, Refund::ToBalance, Some(term), Phase::Running) =
        (when, refund, &facts.term, facts.phase)
    {
        for held in &facts.held {
            lines.extend(money::unused(facts, term, held)?);
        }
    }
    let ends = Some(effective);
    let unpaid_days =
        facts.term.filter(|_| lines.is_empty() && !is_planned).map(|term| facts.days_left(&term));
    let losses = unpaid_days
        .filter(|days| *days > 0 && facts.phase == Phase::Running)
        .map(|count| Loss::Days { count })
        .into_iter()
        .chain((!is_planned).then_some(Loss::Everything))
        .collect();
    Ok(Outcome {
        direction: Direction::Downgrade,
        effective,
        is_planned,
        totals: money::totals(facts, &lines)?,
        lines,
        items: held(facts),
        old_expiry,
        new_expiry: old_expiry.map_or(ends, |old| ends.map(|ends| ends.min(old))),
        term: facts.term,
        next: None,
        losses,
    })
}

/// When something that waits is due.
fn due(facts: &Facts, when: When) -> Result<(Term, Timestamp), Refusal> {
    let term = facts.term.filter(|term| term.end > facts.now).ok_or(Refusal::NoPeriod)?;
    let at = match when {
        When::On(at) => at,
        When::Now | When::PeriodEnd => term.end,
    };
    if at <= facts.now || at > term.end {
        return Err(Refusal::BadDate);
    }
    Ok((term, at))
}

fn held(facts: &Facts) -> Vec<Kept> {
    facts.held.iter().map(Held::kept).collect()
}
