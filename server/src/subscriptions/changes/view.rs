//! What the rules computed, as it is shown.

use latchkey_engine::change::Outcome;
use latchkey_shared::{
    api::{
        catalog::{Interval, IntervalUnit},
        changes::{AskChange, ChangePreview, NextPayment, PreviewLine},
    },
    change::Direction,
    money::{Currency, Money},
    time::{DurationUnit, PlanDuration, Timestamp},
};

use super::quotes;

/// An outcome as it is shown, without losses that only keys tell of.
pub fn preview(
    outcome: &Outcome,
    ask: &AskChange,
    currency: Currency,
    every: Option<PlanDuration>,
) -> ChangePreview {
    let money = |minor| Money::new(minor, currency);
    let interval = every.map(interval);
    ChangePreview {
        action: ask.action,
        direction: outcome.direction,
        quote: quotes::none_yet(),
        effective: outcome.effective,
        is_planned: outcome.is_planned,
        replaces: None,
        lines: outcome
            .lines
            .iter()
            .map(|line| PreviewLine {
                kind: line.kind,
                name: line.name.clone(),
                quantity: line.quantity,
                amount: money(line.amount),
                days: line.days.map(|(left, _)| left),
                of_days: line.days.map(|(_, of)| of),
            })
            .collect(),
        net: money(outcome.totals.net),
        tax: money(outcome.totals.tax),
        tax_name: String::new(),
        total: money(outcome.totals.gross),
        from_balance: money(outcome.totals.from_balance),
        to_balance: money(outcome.totals.to_balance),
        due: money(outcome.totals.due),
        next: outcome.next.map(|next| NextPayment { amount: money(next.amount), at: next.at, interval }),
        old_expiry: outcome.old_expiry,
        new_expiry: outcome.new_expiry,
        losses: outcome.losses.clone(),
    }
}

/// A preview of what costs nothing: only the end moves.
pub fn free(
    ask: &AskChange,
    currency: Currency,
    now: i64,
    (old, new): (Option<i64>, Option<i64>),
) -> ChangePreview {
    let nothing = Money::zero(currency);
    ChangePreview {
        action: ask.action,
        direction: Direction::Sideways,
        quote: quotes::none_yet(),
        effective: Timestamp::from_millis(now),
        is_planned: false,
        replaces: None,
        lines: Vec::new(),
        net: nothing,
        tax: nothing,
        tax_name: String::new(),
        total: nothing,
        from_balance: nothing,
        to_balance: nothing,
        due: nothing,
        next: None,
        old_expiry: old.map(Timestamp::from_millis),
        new_expiry: new.map(Timestamp::from_millis),
        losses: Vec::new(),
    }
}

pub fn interval(every: PlanDuration) -> Interval {
    let unit = match every.unit {
        DurationUnit::Days => IntervalUnit::Day,
        DurationUnit::Months => IntervalUnit::Month,
        DurationUnit::Years => IntervalUnit::Year,
    };
    Interval { unit, count: i64::from(every.count) }
}
