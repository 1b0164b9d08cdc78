use latchkey_shared::change::{Direction, LineKind, Loss, RenewFrom};
use latchkey_shared::money::{Currency, Money};
use latchkey_shared::time::{DurationUnit, PlanDuration, Timestamp};

use super::*;
use crate::period::Tz;

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn every(count: u32, unit: DurationUnit) -> PlanDuration {
    PlanDuration::new(count, unit).unwrap()
}

pub(super) fn monthly() -> PlanDuration {
    every(1, DurationUnit::Months)
}

pub(super) fn yearly() -> PlanDuration {
    every(1, DurationUnit::Years)
}

/// Plan `plan` of product 1, the base.
pub(super) fn base(plan: i64, price: i64, every: PlanDuration) -> Item {
    Item {
        product: 1,
        plan,
        name: format!("Plan {plan}"),
        is_base: true,
        quantity: 1,
        price: Money::new(price, Currency::EUR),
        every,
    }
}

fn extra(product: i64, price: i64) -> Item {
    Item {
        product,
        is_base: false,
        name: format!("Extra {product}"),
        ..base(100 + product, price, monthly())
    }
}

pub(super) fn held(item: Item, paid: i64, from: Timestamp) -> Held {
    Held { item, paid, tax: Tax::default(), paid_from: from }
}

/// A monthly plan of 30.00 in its June, paid in full; it is the 16th, so half of it is left.
pub(super) fn june() -> Facts {
    let start = at("2026-06-01T10:00:00Z");
    Facts {
        now: at("2026-06-16T12:00:00Z"),
        zone: Tz::UTC,
        currency: Currency::EUR,
        phase: Phase::Running,
        held: vec![held(base(1, 3_000, monthly()), 3_000, start)],
        term: Some(Term { start, end: at("2026-07-01T10:00:00Z"), lengths: 1, anchor: start }),
        balance: 0,
        tax: Tax::default(),
    }
}

pub(super) fn change(target: Vec<Item>) -> Wish {
    Wish::Change { target, when: When::Now, waive: false }
}

pub(super) fn renew(target: Vec<Item>, from: RenewFrom) -> Wish {
    Wish::Renew { target, from, waive: false }
}

pub(super) fn amounts(outcome: &Outcome) -> Vec<i64> {
    outcome.lines.iter().map(|line| line.amount).collect()
}

#[test]
fn an_upgrade_now_charges_the_difference_for_the_days_left() {
    let outcome = preview(&june(), &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(outcome.direction, Direction::Upgrade);
    assert_eq!(amounts(&outcome), [-1_500, 2_500], "15 of 30 days");
    assert_eq!(outcome.lines[0].days, Some((15, 30)));
    assert_eq!((outcome.totals.due, outcome.totals.to_balance), (1_000, 0));
    assert_eq!(outcome.new_expiry, outcome.old_expiry);
    assert_eq!(outcome.next, Some(Next { amount: 5_000, at: at("2026-07-01T10:00:00Z") }));
}

#[test]
fn a_downgrade_now_goes_to_the_balance_and_never_to_cash() {
    let outcome = preview(&june(), &change(vec![base(2, 1_000, monthly())])).unwrap();
    assert_eq!(outcome.direction, Direction::Downgrade);
    assert_eq!((outcome.totals.due, outcome.totals.to_balance), (0, 1_000));
}

#[test]
fn the_balance_pays_first() {
    let facts = Facts { balance: 700, ..june() };
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!((outcome.totals.from_balance, outcome.totals.due), (700, 300));
    let rich = Facts { balance: 70_000, ..june() };
    let outcome = preview(&rich, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!((outcome.totals.from_balance, outcome.totals.due), (1_000, 0));
}

/// [`june`], paid and charged with this tax.
fn taxed(millionths: i64, inclusive: bool) -> Facts {
    let mut facts = june();
    facts.tax = Tax { millionths, inclusive };
    facts.held[0].tax = facts.tax;
    facts
}

#[test]
fn tax_comes_on_top_of_each_line_and_is_rounded_half_up() {
    let outcome = preview(&taxed(190_000, false), &change(vec![base(2, 5_005, monthly())])).unwrap();
    // 2,502.5 is 2,503, and has 475.57 of tax; the 1,500 that come back have 285.
    assert_eq!(outcome.lines.iter().map(|line| line.tax).collect::<Vec<_>>(), [-285, 476]);
    assert_eq!((outcome.totals.net, outcome.totals.tax, outcome.totals.due), (1_003, 191, 1_194));
    assert_eq!(outcome.next.unwrap().amount, 5_956, "950.95 of tax");
}

#[test]
fn tax_within_prices_leaves_what_is_paid_as_it_is() {
    let outcome = preview(&taxed(190_000, true), &change(vec![base(2, 5_000, monthly())])).unwrap();
    // 1,500 come back, 2,500 are charged: without tax 1,261 and 2,101.
    assert_eq!(amounts(&outcome), [-1_261, 2_101]);
    assert_eq!((outcome.totals.net, outcome.totals.tax, outcome.totals.due), (840, 160, 1_000));
    assert_eq!(outcome.items[0].paid, 2_500);
    assert_eq!(outcome.next.unwrap().amount, 5_000);
}

#[test]
fn what_comes_back_has_the_tax_it_was_paid_with() {
    let facts = Facts { tax: Tax { millionths: 250_000, inclusive: false }, ..taxed(190_000, false) };
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(outcome.lines.iter().map(|line| line.tax).collect::<Vec<_>>(), [-285, 625]);
    assert_eq!(outcome.items[0].tax, facts.tax);

    let untaxed = Facts { tax: Tax { millionths: 250_000, inclusive: false }, ..june() };
    let renewed = preview(&untaxed, &renew(vec![base(1, 3_000, monthly())], RenewFrom::Expiry)).unwrap();
    // The 30.00 of before are 24.00 and their tax, in today's terms.
    assert_eq!((renewed.items[0].paid, renewed.totals.gross), (3_000 + 2_400, 3_750));
}

#[test]
fn waived_with_tax_costs_nothing_and_is_worth_the_unused_time() {
    for inclusive in [false, true] {
        let facts = taxed(190_000, inclusive);
        let wish = Wish::Change { target: vec![base(2, 5_000, monthly())], when: When::Now, waive: true };
        let outcome = preview(&facts, &wish).unwrap();
        assert_eq!((outcome.totals.gross, outcome.items[0].paid), (0, 1_500));
    }
}

#[test]
fn the_credit_is_of_what_was_really_paid() {
    for (paid, credit) in [(3_000, vec![-1_500, 2_500]), (1_000, vec![-500, 2_500]), (0, vec![2_500])] {
        let mut facts = june();
        facts.held[0].paid = paid;
        let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
        assert_eq!(amounts(&outcome), credit, "paid {paid}, as with a coupon");
    }
}

#[test]
fn a_term_that_begins_later_never_credits_more_than_was_paid() {
    let mut facts = june();
    facts.now = at("2026-05-01T00:00:00Z");
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [-3_000, 5_000], "capped at all of it");
}

#[test]
fn another_rhythm_begins_a_new_period_today() {
    let outcome = preview(&june(), &change(vec![base(3, 30_000, yearly())])).unwrap();
    assert_eq!(amounts(&outcome), [-1_500, 30_000]);
    assert_eq!(outcome.new_expiry, Some(at("2027-06-16T12:00:00Z")));
    assert_eq!(outcome.direction, Direction::Upgrade, "although it is cheaper by the day");
}

#[test]
fn a_paid_plan_after_a_free_one_begins_today() {
    let mut facts = june();
    facts.held = vec![held(base(1, 0, monthly()), 0, at("2026-06-01T10:00:00Z"))];
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [5_000]);
    assert_eq!(outcome.new_expiry, Some(at("2026-07-16T12:00:00Z")));
}

#[test]
fn on_trial_nothing_is_prorated() {
    let facts = Facts { phase: Phase::Trial, ..june() };
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert!(outcome.lines.is_empty());
    assert_eq!(outcome.new_expiry, outcome.old_expiry);
    assert_eq!(outcome.next.unwrap().amount, 5_000);
}

#[test]
fn lapsed_it_is_a_renewal_with_another_plan() {
    let facts = Facts { now: at("2026-07-04T00:00:00Z"), phase: Phase::Lapsed, ..june() };
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [5_000], "no credit in grace");
    assert_eq!(outcome.new_expiry, Some(at("2026-08-04T00:00:00Z")));
}

#[test]
fn without_an_expiry_what_was_paid_is_credited_and_it_still_begins_later() {
    let mut facts = june();
    (facts.phase, facts.term) = (Phase::NotBegun, None);
    let outcome = preview(&facts, &change(vec![base(2, 5_000, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [-3_000, 5_000]);
    assert_eq!((outcome.term, outcome.next), (None, None));
    assert_eq!(
        preview(&facts, &renew(vec![base(1, 3_000, monthly())], RenewFrom::Today)),
        Err(Refusal::NoPeriod)
    );
}

#[test]
fn what_is_refused() {
    let facts = june();
    let dollars = Item { price: Money::new(1, Currency::USD), ..base(2, 1, monthly()) };
    for (target, refusal) in [
        (vec![base(1, 3_000, monthly())], Refusal::NoChange),
        (vec![dollars], Refusal::CurrencyMismatch { wanted: Currency::USD, has: Currency::EUR }),
        (vec![], Refusal::NoBase),
        (vec![extra(5, 100)], Refusal::NoBase),
        (vec![base(2, 1, monthly()), base(3, 1, monthly())], Refusal::SeveralBases),
        (vec![base(2, 1, yearly()), extra(5, 100)], Refusal::LengthsDiffer),
        (vec![base(2, 1, monthly()), extra(5, 100), extra(5, 100)], Refusal::ProductTwice),
        (vec![Item { quantity: 0, ..base(2, 1, monthly()) }], Refusal::NothingWanted),
        (vec![Item { quantity: 2, ..base(2, i64::MAX, monthly()) }], Refusal::TooLarge),
    ] {
        assert_eq!(preview(&facts, &change(target)), Err(refusal));
    }
    for (phase, refusal) in [(Phase::Ended, Refusal::Ended), (Phase::Paused, Refusal::Paused)] {
        let facts = Facts { phase, ..june() };
        assert_eq!(preview(&facts, &change(vec![base(2, 1, monthly())])), Err(refusal));
    }
}

#[test]
fn an_extra_is_charged_for_the_days_left_and_the_base_left_alone() {
    let target = vec![base(1, 3_000, monthly()), Item { quantity: 2, ..extra(5, 600) }];
    let outcome = preview(&june(), &change(target)).unwrap();
    assert_eq!(amounts(&outcome), [600], "2 × 6.00 for half a month");
    assert_eq!(outcome.items[0].paid, 3_000);
    assert_eq!(outcome.next.unwrap().amount, 4_200);
}

#[test]
fn an_extra_that_goes_is_credited_and_named() {
    let mut facts = june();
    facts.held.push(held(extra(5, 600), 600, at("2026-06-01T10:00:00Z")));
    let outcome = preview(&facts, &change(vec![base(1, 3_000, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [-300]);
    assert_eq!(outcome.losses, [Loss::Product { name: "Extra 5".to_owned() }]);
}

#[test]
fn a_downgrade_at_the_end_costs_nothing_today() {
    let target = vec![base(2, 1_000, monthly())];
    let outcome = preview(&june(), &Wish::Change { target, when: When::PeriodEnd, waive: false }).unwrap();
    assert!(outcome.is_planned && outcome.lines.is_empty());
    assert_eq!(outcome.effective, at("2026-07-01T10:00:00Z"));
    assert_eq!(outcome.next, Some(Next { amount: 1_000, at: outcome.effective }));
    assert_eq!(outcome.items[0].item.plan, 1, "nothing changes before");
}

#[test]
fn a_change_on_a_day_must_be_ahead_and_within_the_term() {
    for (day, expected) in [
        ("2026-06-20T00:00:00Z", Ok(at("2026-06-20T00:00:00Z"))),
        ("2026-06-16T12:00:00Z", Err(Refusal::BadDate)),
        ("2026-07-02T00:00:00Z", Err(Refusal::BadDate)),
    ] {
        let wish =
            Wish::Change { target: vec![base(2, 1_000, monthly())], when: When::On(at(day)), waive: false };
        assert_eq!(preview(&june(), &wish).map(|outcome| outcome.effective), expected);
    }
}

#[test]
fn waived_costs_nothing_and_never_comes_back_as_credit() {
    let target = vec![base(2, 5_000, monthly())];
    let outcome = preview(&june(), &Wish::Change { target, when: When::Now, waive: true }).unwrap();
    assert_eq!(amounts(&outcome), [-1_500, 2_500, -1_000]);
    assert_eq!(outcome.lines[2].kind, LineKind::Waived);
    assert_eq!(outcome.totals.due, 0);
    assert_eq!(outcome.items[0].paid, 1_500, "what the unused time paid for");
}
