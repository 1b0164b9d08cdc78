use latchkey_shared::change::{Loss, Refund, RenewFrom};

use super::tests::{amounts, at, base, change, held, june, monthly, renew, yearly};
use super::*;
use crate::period::{self, Tz};

#[test]
fn renewing_from_the_three_bases() {
    let same = || vec![base(1, 3_000, monthly())];
    let july = at("2026-07-01T10:00:00Z");
    for (now, phase, from, expected) in [
        ("2026-06-16T12:00:00Z", Phase::Running, RenewFrom::ExpiryOrToday, "2026-08-01T10:00:00Z"),
        ("2026-06-16T12:00:00Z", Phase::Running, RenewFrom::Expiry, "2026-08-01T10:00:00Z"),
        ("2026-06-16T12:00:00Z", Phase::Running, RenewFrom::Today, "2026-07-16T12:00:00Z"),
        ("2026-07-04T00:00:00Z", Phase::Lapsed, RenewFrom::ExpiryOrToday, "2026-08-04T00:00:00Z"),
        ("2026-07-04T00:00:00Z", Phase::Lapsed, RenewFrom::Expiry, "2026-08-01T10:00:00Z"),
        ("2026-07-04T00:00:00Z", Phase::Ended, RenewFrom::Today, "2026-08-04T00:00:00Z"),
    ] {
        let facts = Facts { now: at(now), phase, ..june() };
        let outcome = preview(&facts, &renew(same(), from)).unwrap();
        assert_eq!(outcome.new_expiry, Some(at(expected)), "{now} {from}");
        assert_eq!((outcome.old_expiry, outcome.totals.due), (Some(july), 3_000));
    }
}

#[test]
fn what_a_renewal_loses_is_said() {
    let same = || vec![base(1, 3_000, monthly())];
    let early = preview(&june(), &renew(same(), RenewFrom::Today)).unwrap();
    assert_eq!(early.losses, [Loss::Days { count: 15 }]);
    let late = Facts { now: at("2026-12-01T00:00:00Z"), phase: Phase::Lapsed, ..june() };
    let outcome = preview(&late, &renew(same(), RenewFrom::Expiry)).unwrap();
    assert_eq!(outcome.losses, [Loss::StillExpired]);
}

#[test]
fn another_plan_while_time_is_left_is_a_change() {
    let other = || vec![base(2, 5_000, monthly())];
    assert_eq!(preview(&june(), &renew(other(), RenewFrom::Expiry)), Err(Refusal::RunsStill));
    let today = preview(&june(), &renew(other(), RenewFrom::Today)).unwrap();
    assert_eq!(amounts(&today), [-1_500, 5_000]);
    assert_eq!(today.new_expiry, Some(at("2026-07-16T12:00:00Z")));
}

#[test]
fn a_renewal_must_not_shorten() {
    let mut facts = june();
    facts.term = facts.term.map(|term| Term { end: at("2027-06-01T10:00:00Z"), lengths: 12, ..term });
    let same = vec![base(1, 3_000, monthly())];
    assert_eq!(preview(&facts, &renew(same, RenewFrom::Today)), Err(Refusal::WouldShorten));
}

#[test]
fn renewed_early_both_months_count_as_paid() {
    let facts = june();
    let renewed = preview(&facts, &renew(vec![base(1, 3_000, monthly())], RenewFrom::Expiry)).unwrap();
    assert_eq!(renewed.items[0].paid, 6_000);
    let term = renewed.term.unwrap();
    assert_eq!((term.start, term.lengths), (at("2026-06-01T10:00:00Z"), 2));
    let later = Facts {
        term: Some(term),
        held: vec![held(renewed.items[0].item.clone(), 6_000, renewed.items[0].paid_from)],
        ..facts
    };
    let outcome = preview(&later, &change(vec![base(2, 5_000, monthly())])).unwrap();
    // 46 of 61 days.
    assert_eq!(amounts(&outcome), [-4_525, 7_541]);
}

#[test]
fn months_and_leap_days_keep_their_ends() {
    let mut term = Term {
        start: at("2026-01-31T10:00:00Z"),
        end: at("2026-02-28T10:00:00Z"),
        lengths: 1,
        anchor: at("2026-01-31T10:00:00Z"),
    };
    let mut ends = Vec::new();
    for _ in 0..4 {
        let facts = Facts { now: term.end.plus_days(-1), term: Some(term), ..june() };
        term = preview(&facts, &renew(vec![base(1, 3_000, monthly())], RenewFrom::Expiry))
            .unwrap()
            .term
            .unwrap();
        ends.push(term.end.utc_date().to_string());
    }
    assert_eq!(ends, ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]);

    let leap = at("2024-02-29T00:00:00Z");
    let mut term = Term { start: leap, end: period::add(leap, yearly(), Tz::UTC), lengths: 1, anchor: leap };
    for year in ["2026-02-28", "2027-02-28", "2028-02-29"] {
        let item = base(1, 3_000, yearly());
        let facts = Facts {
            now: term.end.plus_days(-1),
            term: Some(term),
            held: vec![held(item.clone(), 0, term.start)],
            ..june()
        };
        term = preview(&facts, &renew(vec![item], RenewFrom::Expiry)).unwrap().term.unwrap();
        assert_eq!(term.end.utc_date().to_string(), year);
    }
}

#[test]
fn days_are_the_vendors_and_clock_changes_do_not_count() {
    let berlin: Tz = "Europe/Berlin".parse().unwrap();
    // March 2026, in which the clocks go forward: 31 days from 00:00 to 00:00 local.
    let start = at("2026-02-28T23:00:00Z");
    let facts = Facts {
        now: at("2026-03-28T23:30:00Z"),
        zone: berlin,
        term: Some(Term { start, end: at("2026-03-31T22:00:00Z"), lengths: 1, anchor: start }),
        held: vec![held(base(1, 3_100, monthly()), 3_100, start)],
        ..june()
    };
    let outcome = preview(&facts, &change(vec![base(2, 6_200, monthly())])).unwrap();
    assert_eq!(amounts(&outcome), [-300, 600], "29, 30 and 31 March are left");
}

#[test]
fn ending() {
    let cancel = |when, refund| Wish::Cancel { when, refund };
    let planned = preview(&june(), &cancel(When::PeriodEnd, Refund::Nothing)).unwrap();
    assert!(planned.is_planned && planned.losses.is_empty());
    assert_eq!(planned.new_expiry, planned.old_expiry);
    let now = preview(&june(), &cancel(When::Now, Refund::ToBalance)).unwrap();
    assert_eq!((now.totals.to_balance, now.new_expiry), (1_500, Some(june().now)));
    assert_eq!(now.losses, [Loss::Everything]);
    let gone = preview(&june(), &cancel(When::Now, Refund::Nothing)).unwrap();
    assert_eq!(gone.totals.to_balance, 0);
    assert_eq!(gone.losses, [Loss::Days { count: 15 }, Loss::Everything]);
    let lapsed = Facts { now: at("2026-07-04T00:00:00Z"), phase: Phase::Lapsed, ..june() };
    assert_eq!(preview(&lapsed, &cancel(When::PeriodEnd, Refund::Nothing)), Err(Refusal::NoPeriod));
    assert_eq!(preview(&lapsed, &cancel(When::Now, Refund::ToBalance)).unwrap().totals.to_balance, 0);
    let over = Facts { phase: Phase::Ended, ..june() };
    assert_eq!(preview(&over, &cancel(When::Now, Refund::Nothing)), Err(Refusal::Ended));
}

#[test]
fn a_break_and_a_gift() {
    let term = june().term.unwrap();
    let (paused, back) = (at("2026-06-11T10:00:00Z"), at("2026-06-21T10:00:00Z"));
    assert_eq!(resumed(&term, paused, back).end, at("2026-07-11T10:00:00Z"));
    assert_eq!(
        resumed(&term, at("2026-07-05T00:00:00Z"), at("2026-07-09T00:00:00Z")),
        term,
        "nothing was left"
    );
    let now = at("2026-06-16T12:00:00Z");
    assert_eq!(extended(Some(term.end), now, 3, Tz::UTC), Ok(at("2026-07-04T10:00:00Z")));
    assert_eq!(extended(Some(at("2026-01-01T00:00:00Z")), now, 3, Tz::UTC), Ok(now.plus_days(3)));
    assert_eq!(extended(None, now, 0, Tz::UTC), Err(Refusal::WouldShorten));
    assert_eq!(extended(Some(term.end), now, -3, Tz::UTC), Err(Refusal::WouldShorten));
}

#[test]
fn a_trial_charges_nothing_and_the_first_length_counts_from_its_end() {
    let facts =
        Facts { now: at("2026-06-20T10:00:00Z"), phase: Phase::Ended, held: vec![], term: None, ..june() };
    let outcome = trial(&facts, &[base(1, 3_000, monthly())], 14).unwrap();
    let end = at("2026-07-04T10:00:00Z");
    assert_eq!((outcome.totals, outcome.lines.len()), (Totals::default(), 0));
    assert_eq!(
        (outcome.new_expiry, outcome.next.map(|next| (next.amount, next.at))),
        (Some(end), Some((3_000, end)))
    );
    assert_eq!(outcome.items[0].paid, 0);
    assert_eq!(trial(&facts, &[base(1, 3_000, monthly())], 0), Err(Refusal::NoPeriod));

    let held = outcome.items.iter().map(|kept| held(kept.item.clone(), 0, facts.now)).collect();
    let on_trial = Facts { phase: Phase::Trial, held, term: outcome.term, ..facts };
    let paid = preview(&on_trial, &renew(vec![base(1, 3_000, monthly())], RenewFrom::Expiry)).unwrap();
    assert_eq!((paid.totals.due, paid.new_expiry), (3_000, Some(at("2026-08-04T10:00:00Z"))));
}

#[test]
fn cancelled_before_it_begins_what_was_paid_goes_to_the_balance() {
    let facts = Facts { phase: Phase::NotBegun, term: None, ..june() };
    let cancel = |refund| Wish::Cancel { when: When::Now, refund };
    assert_eq!(preview(&facts, &cancel(Refund::ToBalance)).unwrap().totals.to_balance, 3_000);
    assert_eq!(preview(&facts, &cancel(Refund::Nothing)).unwrap().totals.to_balance, 0);
    let later = Wish::Cancel { when: When::PeriodEnd, refund: Refund::Nothing };
    assert_eq!(preview(&facts, &later), Err(Refusal::NoPeriod));
}
