//! Amounts: each line is rounded half up once, and a total is the sum of its lines.

use latchkey_shared::change::LineKind;
use latchkey_shared::money::Money;

use super::{Facts, Held, Item, Line, Refusal, Term, Totals};

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
    let amount = share(facts, held.paid.max(0), left, of)?;
    Ok((amount > 0).then(|| Line {
        kind: LineKind::Unused,
        name: held.item.name.clone(),
        quantity: held.item.quantity,
        amount: -amount,
        days: Some((left, of)),
    }))
}

/// What an item costs for the rest of the term.
pub(super) fn rest(facts: &Facts, term: &Term, item: &Item) -> Result<Line, Refusal> {
    let of = facts.days_between(term.start, term.end);
    let left = facts.days_left(term).min(of);
    let whole = item.whole_price()?.checked_mul(i64::from(term.lengths.max(1))).ok_or(Refusal::TooLarge)?;
    Ok(charge(item, share(facts, whole, left, of)?, Some((left, of))))
}

/// What an item costs for one length of its plan.
pub(super) fn whole(item: &Item) -> Result<Line, Refusal> {
    Ok(charge(item, item.whole_price()?, None))
}

fn charge(item: &Item, amount: i64, days: Option<(i64, i64)>) -> Line {
    Line { kind: LineKind::Charge, name: item.name.clone(), quantity: item.quantity, amount, days }
}

/// The line that makes what is charged nothing; none where nothing is.
pub(super) fn waiver(lines: &[Line]) -> Result<Option<Line>, Refusal> {
    let net = sum(lines)?;
    let line =
        Line { kind: LineKind::Waived, name: String::new(), quantity: 1, amount: -net.max(0), days: None };
    Ok((net > 0).then_some(line))
}

/// Adds the lines up. The balance pays what it can.
pub(super) fn totals(facts: &Facts, lines: &[Line]) -> Result<Totals, Refusal> {
    let net = sum(lines)?;
    let tax = tax(facts, net)?;
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

/// Tax on top of a net amount.
pub(super) fn tax(facts: &Facts, net: i64) -> Result<i64, Refusal> {
    let tax = Money::new(net, facts.currency).checked_mul_ratio(facts.tax_millionths, 1_000_000);
    tax.map(|tax| tax.minor).map_err(|_| Refusal::TooLarge)
}

/// What items cost for one length of their plan, with tax.
pub(super) fn per_length<'a>(
    facts: &Facts,
    items: impl IntoIterator<Item = &'a Item>,
) -> Result<i64, Refusal> {
    let mut net = 0_i64;
    for item in items {
        net = net.checked_add(item.whole_price()?).ok_or(Refusal::TooLarge)?;
    }
    net.checked_add(tax(facts, net)?).ok_or(Refusal::TooLarge)
}

fn sum(lines: &[Line]) -> Result<i64, Refusal> {
    lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.amount)).ok_or(Refusal::TooLarge)
}
