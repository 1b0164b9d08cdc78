//! Amounts: each line and its tax are rounded half away from zero once, and a total is the sum of its lines.

use latchkey_shared::change::LineKind;
use latchkey_shared::money::Money;

use super::{Facts, Held, Item, Kept, Line, Refusal, Tax, Term, Totals};

/// `amount` for so many days of so many, never more than all of it.
pub(super) fn share(facts: &Facts, amount: i64, days: i64, of: i64) -> Result<i64, Refusal> {
    let days = days.clamp(0, of);
    let part = Money::new(amount, facts.currency).checked_mul_ratio(days, of);
    part.map(|part| part.minor).map_err(|_| Refusal::TooLarge)
}

/// What is given back for the unused time of an item; `None` where nothing is.
pub(super) fn unused(facts: &Facts, term: &Term, held: &Held) -> Result<Option<Line>, Refusal> {
    let of = facts.days_between(held.paid_from.max(term.start), term.end);
    let left = facts.days_left(term).min(of);
    let paid = share(facts, held.paid.max(0), left, of)?;
    given_back(facts, held, paid, Some((left, of)))
}

/// What is given back of what was paid for an item that never began.
pub(super) fn unbegun(facts: &Facts, held: &Held) -> Result<Option<Line>, Refusal> {
    given_back(facts, held, held.paid.max(0), None)
}

fn given_back(
    facts: &Facts,
    held: &Held,
    paid: i64,
    days: Option<(i64, i64)>,
) -> Result<Option<Line>, Refusal> {
    let line = line(facts, LineKind::Unused, &held.item, held.tax, -paid, days)?;
    Ok((paid > 0).then_some(line))
}

/// Something that is charged for: the line of it, and the item as it is held afterwards.
pub(super) struct Charged {
    pub(super) line: Line,
    pub(super) kept: Kept,
}

/// What an item costs for the rest of the term.
pub(super) fn rest(facts: &Facts, term: &Term, item: &Item) -> Result<Charged, Refusal> {
    let of = facts.days_between(term.start, term.end);
    let left = facts.days_left(term).min(of);
    let whole = item.whole_price()?.checked_mul(i64::from(term.lengths.max(1))).ok_or(Refusal::TooLarge)?;
    charge(facts, item, share(facts, whole, left, of)?, Some((left, of)))
}

/// What an item costs for one length of its plan.
pub(super) fn whole(facts: &Facts, item: &Item) -> Result<Charged, Refusal> {
    charge(facts, item, item.whole_price()?, None)
}

fn charge(facts: &Facts, item: &Item, priced: i64, days: Option<(i64, i64)>) -> Result<Charged, Refusal> {
    let line = line(facts, LineKind::Charge, item, facts.tax, priced, days)?;
    let kept = Kept { item: item.clone(), paid: priced, tax: facts.tax, paid_from: facts.now };
    Ok(Charged { line, kept })
}

fn line(
    facts: &Facts,
    kind: LineKind,
    item: &Item,
    tax: Tax,
    priced: i64,
    days: Option<(i64, i64)>,
) -> Result<Line, Refusal> {
    let split = tax.split(priced, facts.currency)?;
    let (name, quantity) = (item.name.clone(), item.quantity);
    Ok(Line { kind, name, quantity, amount: split.net, tax: split.tax, days })
}

/// The line that makes what is charged nothing; none where nothing is.
pub(super) fn waiver(lines: &[Line]) -> Result<Option<Line>, Refusal> {
    let (net, tax) = sums(lines)?;
    let line = Line {
        kind: LineKind::Waived,
        name: String::new(),
        quantity: 1,
        amount: -net,
        tax: -tax,
        days: None,
    };
    Ok((net.saturating_add(tax) > 0).then_some(line))
}

/// What unused time is given back for, in the terms of today's prices.
pub(super) fn credit(facts: &Facts, lines: &[Line]) -> Result<i64, Refusal> {
    let (net, tax) = sums(lines.iter().filter(|line| line.kind == LineKind::Unused))?;
    let gross = net.checked_add(tax).and_then(i64::checked_neg).ok_or(Refusal::TooLarge)?;
    facts.tax.priced(gross, facts.currency)
}

/// Adds the lines up. The balance pays what it can.
pub(super) fn totals(facts: &Facts, lines: &[Line]) -> Result<Totals, Refusal> {
    let (net, tax) = sums(lines)?;
    let gross = net.checked_add(tax).ok_or(Refusal::TooLarge)?;
    let from_balance = gross.max(0).min(facts.balance.max(0));
    Ok(Totals {
        net,
        tax,
        gross,
        from_balance,
        to_balance: gross.checked_neg().ok_or(Refusal::TooLarge)?.max(0),
        due: gross.max(0) - from_balance,
    })
}

/// What items cost for one length of their plan, with tax.
pub(super) fn per_length<'a>(
    facts: &Facts,
    items: impl IntoIterator<Item = &'a Item>,
) -> Result<i64, Refusal> {
    items.into_iter().try_fold(0_i64, |sum, item| {
        let gross = facts.tax.split(item.whole_price()?, facts.currency)?.gross()?;
        sum.checked_add(gross).ok_or(Refusal::TooLarge)
    })
}

/// Amounts and taxes of lines, each added up.
fn sums<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Result<(i64, i64), Refusal> {
    let sum = lines.into_iter().try_fold((0_i64, 0_i64), |(net, tax), line| {
        Some((net.checked_add(line.amount)?, tax.checked_add(line.tax)?))
    });
    sum.ok_or(Refusal::TooLarge)
}
