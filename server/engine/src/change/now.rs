//! A change that takes effect at once.

use latchkey_shared::change::RenewFrom;
use latchkey_shared::time::Timestamp;

use super::{Facts, Held, Item, Kept, Line, Next, Outcome, Phase, Refusal, Term, compare, money, renew};
use crate::period;

pub(super) fn change(facts: &Facts, target: &[Item], waive: bool) -> Result<Outcome, Refusal> {
    let Some(term) = facts.term else { return begin(facts, target, waive) };
    match facts.phase {
        Phase::Trial => on_trial(facts, &term, target),
        Phase::Lapsed => renew::renew(facts, target, RenewFrom::ExpiryOrToday, waive),
        _ if starts_anew(facts, target) => begin(facts, target, waive),
        _ => keep_end(facts, &term, target, waive),
    }
}

/// Another rhythm, or a paid plan after a free one, begins a new period.
fn starts_anew(facts: &Facts, target: &[Item]) -> bool {
    let was_free = facts.held.iter().all(|held| held.item.price.is_zero());
    let costs = target.iter().any(|item| !item.price.is_zero());
    facts.every() != target.first().map(|item| item.every) || was_free && costs
}

/// The trial goes on with the new plan; nothing is paid before it ends.
fn on_trial(facts: &Facts, term: &Term, target: &[Item]) -> Result<Outcome, Refusal> {
    let unpaid = |item: &Item| Kept { item: item.clone(), paid: 0, tax: facts.tax, paid_from: term.start };
    let items = target.iter().map(unpaid).collect();
    let next = Next { amount: money::per_length(facts, target)?, at: term.end };
    outcome(facts, target, Vec::new(), items, Some(*term), Some(next))
}

/// The same rhythm: what differs is credited and charged for the days left.
fn keep_end(facts: &Facts, term: &Term, target: &[Item], waive: bool) -> Result<Outcome, Refusal> {
    let mut lines = Vec::new();
    let goes_on = |held: &&Held| target.iter().any(|item| is_unchanged(&held.item, item));
    for held in facts.held.iter().filter(|held| !goes_on(held)) {
        lines.extend(money::unused(facts, term, held)?);
    }
    let (mut items, mut fresh) = (Vec::new(), Vec::new());
    for item in target {
        let before = facts.held.iter().find(|held| is_unchanged(&held.item, item));
        if let Some(held) = before {
            items.push(Kept { item: item.clone(), ..held.kept() });
            continue;
        }
        let charged = money::rest(facts, term, item)?;
        fresh.push(Kept { paid_from: facts.now.min(term.end), ..charged.kept });
        lines.push(charged.line);
    }
    waived(facts, &mut lines, &mut fresh, waive)?;
    items.extend(fresh);
    items.sort_by_key(|kept| !kept.item.is_base);
    let next = Next { amount: money::per_length(facts, target)?, at: term.end };
    outcome(facts, target, lines, items, Some(*term), Some(next))
}

/// A new period from now on; what is left of the old one is given back.
pub(super) fn begin(facts: &Facts, target: &[Item], waive: bool) -> Result<Outcome, Refusal> {
    let mut lines = Vec::new();
    for held in &facts.held {
        match &facts.term {
            // On trial or lapsed nothing was paid for the days left.
            Some(term) if matches!(facts.phase, Phase::Running) => {
                lines.extend(money::unused(facts, term, held)?);
            }
            None => lines.extend(money::unbegun(facts, held)?),
            _ => {}
        }
    }
    let mut items = Vec::new();
    for item in target {
        let charged = money::whole(facts, item)?;
        items.push(charged.kept);
        lines.push(charged.line);
    }
    waived(facts, &mut lines, &mut items, waive)?;
    let term = match (facts.phase, target.first()) {
        // It begins with the first sign-in.
        (Phase::NotBegun, _) | (_, None) => None,
        (_, Some(base)) => Some(new_term(facts, facts.now, base)),
    };
    let next = match &term {
        Some(term) => Some(Next { amount: money::per_length(facts, target)?, at: term.end }),
        None => None,
    };
    outcome(facts, target, lines, items, term, next)
}

/// One length of a plan from `start` on.
pub(super) fn new_term(facts: &Facts, start: Timestamp, base: &Item) -> Term {
    Term { start, end: period::add(start, base.every, facts.zone), lengths: 1, anchor: start }
}

/// Adds the waiver, if wanted. What the unused time pays for stays paid; the rest is a gift, and never comes
/// back as credit.
pub(super) fn waived(
    facts: &Facts,
    lines: &mut Vec<Line>,
    fresh: &mut [Kept],
    waive: bool,
) -> Result<(), Refusal> {
    let waiver = if waive { money::waiver(lines)? } else { None };
    let Some(waiver) = waiver else { return Ok(()) };
    let mut really_paid = money::credit(facts, lines)?;
    for kept in fresh {
        kept.paid = kept.paid.min(really_paid);
        really_paid -= kept.paid;
    }
    lines.push(waiver);
    Ok(())
}

fn is_unchanged(held: &Item, wanted: &Item) -> bool {
    held.is_same_plan(wanted) && held.quantity == wanted.quantity
}

fn outcome(
    facts: &Facts,
    target: &[Item],
    lines: Vec<Line>,
    items: Vec<Kept>,
    term: Option<Term>,
    next: Option<Next>,
) -> Result<Outcome, Refusal> {
    Ok(Outcome {
        direction: compare::direction(&facts.held, target)?,
        effective: facts.now,
        is_planned: false,
        totals: money::totals(facts, &lines)?,
        lines,
        items,
        old_expiry: facts.term.map(|term| term.end),
        new_expiry: term.map(|term| term.end),
        term,
        next,
        losses: compare::losses(&facts.held, target),
    })
}
