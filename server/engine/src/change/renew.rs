//! Another period.

use latchkey_shared::change::{Loss, RenewFrom};
use latchkey_shared::time::Timestamp;

use super::{Facts, Item, Kept, Next, Outcome, Phase, Refusal, Term, compare, money, now};
use crate::period;

pub(super) fn renew(
    facts: &Facts,
    target: &[Item],
    from: RenewFrom,
    waive: bool,
) -> Result<Outcome, Refusal> {
    let same = compare::is_same(&facts.held, target);
    match facts.phase {
        Phase::Paused => return Err(Refusal::Paused),
        Phase::NotBegun => return Err(Refusal::NoPeriod),
        // Another plan while time is left is a change with a new period.
        Phase::Running if !same && from == RenewFrom::Today => return now::begin(facts, target, waive),
        Phase::Running | Phase::Trial if !same => return Err(Refusal::RunsStill),
        _ => {}
    }
    let Some(term) = facts.term else { return now::begin(facts, target, waive) };
    let base = target.first().ok_or(Refusal::NoBase)?;

    let joins = match from {
        RenewFrom::ExpiryOrToday => term.end > facts.now,
        RenewFrom::Expiry => true,
        RenewFrom::Today => false,
    };
    let new = if joins { joined(facts, &term, base) } else { now::new_term(facts, facts.now, base) };
    if new.end <= term.end {
        return Err(Refusal::WouldShorten);
    }

    let mut lines = Vec::new();
    let mut fresh = Vec::new();
    for item in target {
        let charged = money::whole(facts, item)?;
        fresh.push(Kept { paid_from: new.start, ..charged.kept });
        lines.push(charged.line);
    }
    now::waived(facts, &mut lines, &mut fresh, waive)?;
    // Time that is left and joined stays paid for.
    let time_left = joins && facts.phase == Phase::Running && term.end > facts.now;
    let mut items = fresh;
    if time_left {
        items = items.into_iter().map(|kept| with_old(facts, kept)).collect::<Result<_, _>>()?;
    }

    Ok(Outcome {
        direction: compare::direction(&facts.held, target)?,
        effective: facts.now,
        is_planned: false,
        totals: money::totals(facts, &lines)?,
        lines,
        items,
        old_expiry: Some(term.end),
        new_expiry: Some(new.end),
        term: Some(new),
        next: Some(Next { amount: money::per_length(facts, target)?, at: new.end }),
        losses: losses(facts, &term, &new, joins, target),
    })
}

/// The term with one more length of the plan. Days that were never paid for are not part of it.
fn joined(facts: &Facts, term: &Term, base: &Item) -> Term {
    let same_rhythm = facts.every() == Some(base.every);
    let end =
        if same_rhythm { next_end(facts, term, base) } else { period::add(term.end, base.every, facts.zone) };
    let goes_on = same_rhythm && facts.phase == Phase::Running && term.end > facts.now;
    if goes_on {
        Term { end, lengths: term.lengths.saturating_add(1), ..*term }
    } else {
        let anchor = if same_rhythm { term.anchor } else { term.end };
        Term { start: term.end, end, lengths: 1, anchor }
    }
}

/// Where the next length ends, counted from the anchor, so that a month that began on a 31st keeps ending on
/// last days; from the term's end where that is none of the anchor's ends.
fn next_end(facts: &Facts, term: &Term, base: &Item) -> Timestamp {
    let days = term.end.millis_since(term.anchor) / 86_400_000;
    let about = u32::try_from(days / i64::from(base.every.approximate_days().max(1))).unwrap_or_default();
    let nth = |count: u32| {
        if count == 0 { term.anchor } else { period::nth(term.anchor, base.every, count, facts.zone) }
    };
    let met = (about.saturating_sub(1)..=about.saturating_add(2)).find(|count| nth(*count) == term.end);
    met.map_or_else(|| period::add(term.end, base.every, facts.zone), |count| nth(count + 1))
}

/// What was paid for the time before counts on. Where the tax has changed since, it is put in the terms of today's.
fn with_old(facts: &Facts, kept: Kept) -> Result<Kept, Refusal> {
    let old = facts.held.iter().find(|held| held.item.is_same_plan(&kept.item));
    let Some(old) = old else { return Ok(kept) };
    let before = if old.tax == kept.tax {
        old.paid
    } else {
        let gross = old.tax.split(old.paid, facts.currency)?.gross()?;
        kept.tax.priced(gross, facts.currency)?
    };
    Ok(Kept { paid: kept.paid.saturating_add(before), paid_from: old.paid_from, ..kept })
}

fn losses(facts: &Facts, old: &Term, new: &Term, joins: bool, target: &[Item]) -> Vec<Loss> {
    let mut losses = compare::losses(&facts.held, target);
    let left = facts.days_left(old);
    if !joins && left > 0 {
        losses.push(match facts.phase {
            Phase::Trial => Loss::Trial,
            _ => Loss::Days { count: left },
        });
    }
    if new.end <= facts.now {
        losses.push(Loss::StillExpired);
    }
    losses
}
