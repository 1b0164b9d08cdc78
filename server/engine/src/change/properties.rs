//! What holds for every subscription, day and time zone.

use latchkey_shared::change::{LineKind, RenewFrom};
use latchkey_shared::money::Currency;
use latchkey_shared::time::{DurationUnit, PlanDuration, Timestamp};
use proptest::prelude::*;

use super::tests::{base, every, held, monthly};
use super::*;
use crate::period::{self, Tz};

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(&chrono_tz::TZ_VARIANTS[..])
}

fn any_every() -> impl Strategy<Value = PlanDuration> {
    prop_oneof![
        (1_u32..=60).prop_map(|count| every(count, DurationUnit::Days)),
        (1_u32..=24).prop_map(|count| every(count, DurationUnit::Months)),
        (1_u32..=3).prop_map(|count| every(count, DurationUnit::Years)),
    ]
}

prop_compose! {
    /// A running subscription at some moment of its term, which was paid for in full or in part.
    fn running()(
        // 1990 to 2060.
        start in 631_152_000_000_i64..2_840_140_800_000,
        zone in any_zone(),
        every in any_every(),
        price in 0_i64..1_000_000,
        paid_percent in 0_i64..=100,
        thousandths in 0_i64..1_000,
        lengths in 1_u32..=3,
        balance in 0_i64..100_000,
        millionths in 0_i64..=300_000,
        inclusive: bool,
    ) -> Facts {
        let start = Timestamp::from_millis(start);
        let end = period::nth(start, every, lengths, zone);
        let now = start.plus_millis(end.millis_since(start) / 1_000 * thousandths);
        let paid = price * i64::from(lengths) * paid_percent / 100;
        let tax = Tax { millionths, inclusive };
        Facts {
            now,
            zone,
            currency: Currency::EUR,
            phase: Phase::Running,
            held: vec![Held { tax, ..held(base(1, price, every), paid, start) }],
            term: Some(Term { start, end, lengths, anchor: start }),
            balance,
            tax,
        }
    }
}

/// The subscription as it is after `outcome`.
fn after(facts: &Facts, outcome: &Outcome) -> Facts {
    Facts {
        held: outcome
            .items
            .iter()
            .map(|kept| Held { tax: kept.tax, ..held(kept.item.clone(), kept.paid, kept.paid_from) })
            .collect(),
        term: outcome.term,
        balance: facts.balance - outcome.totals.from_balance + outcome.totals.to_balance,
        ..facts.clone()
    }
}

fn change(item: Item, waive: bool) -> Wish {
    Wish::Change { target: vec![item], when: When::Now, waive }
}

proptest! {
    #[test]
    fn sums_are_sums_and_nobody_pays_less_than_nothing(
        facts in running(), price in 0_i64..1_000_000, other in any_every(), waive: bool, rate in 0_i64..=300_000,
    ) {
        // The rate may have changed since it was paid.
        let facts = Facts { tax: Tax { millionths: rate, ..facts.tax }, ..facts };
        let outcome = preview(&facts, &change(base(2, price, other), waive)).unwrap();
        let totals = outcome.totals;
        prop_assert_eq!(outcome.lines.iter().map(|line| line.amount).sum::<i64>(), totals.net);
        prop_assert_eq!(outcome.lines.iter().map(|line| line.tax).sum::<i64>(), totals.tax);
        prop_assert_eq!(totals.net + totals.tax, totals.gross);
        prop_assert_eq!(totals.due + totals.from_balance - totals.to_balance, totals.gross);
        prop_assert!(totals.due >= 0 && totals.to_balance >= 0);
        prop_assert!((0..=facts.balance).contains(&totals.from_balance));
        prop_assert!(!waive || totals.due == 0);
    }

    #[test]
    fn credit_is_never_more_than_was_paid(
        facts in running(), price in 0_i64..1_000_000, other in any_every(), rate in 0_i64..=300_000,
    ) {
        let facts = Facts { tax: Tax { millionths: rate, inclusive: !facts.tax.inclusive }, ..facts };
        let outcome = preview(&facts, &change(base(2, price, other), false)).unwrap();
        let credit: i64 =
            outcome.lines.iter().filter(|line| line.kind == LineKind::Unused).map(|line| -line.amount - line.tax).sum();
        let held = &facts.held[0];
        let paid = held.tax.split(held.paid, facts.currency).unwrap().gross().unwrap();
        prop_assert!((0..=paid).contains(&credit));
        for line in &outcome.lines {
            prop_assert!(line.days.is_none_or(|(left, of)| 0 <= left && left <= of), "{:?}", line);
        }
    }

    #[test]
    fn what_is_held_later_was_never_paid_more_than_its_price(
        facts in running(), price in 0_i64..1_000_000, waive: bool,
    ) {
        let outcome = preview(&facts, &change(base(2, price, facts.held[0].item.every), waive)).unwrap();
        let lengths = i64::from(outcome.term.unwrap().lengths);
        prop_assert!((0..=price * lengths).contains(&outcome.items[0].paid));
    }

    #[test]
    fn an_upgrade_and_back_the_same_day_costs_nothing(mut facts in running(), more in 0_i64..1_000_000) {
        let item = facts.held[0].item.clone();
        prop_assume!(item.price.minor > 0);
        facts.held[0].paid = item.price.minor * i64::from(facts.term.unwrap().lengths);
        let up = preview(&facts, &change(base(2, item.price.minor + more, item.every), false)).unwrap();
        let changed = after(&facts, &up);
        let back = preview(&changed, &change(item.clone(), false)).unwrap();
        prop_assert_eq!(up.totals.net + back.totals.net, 0);
        prop_assert_eq!(up.totals.tax + back.totals.tax, 0);
        prop_assert_eq!(back.new_expiry, facts.term.map(|term| term.end));
        prop_assert_eq!(&back.items[0].item, &item);
        let both = after(&changed, &back);
        let (paid, in_cash) = (up.totals.due + back.totals.due, both.balance - facts.balance);
        prop_assert_eq!(paid, in_cash, "what was paid in cash is on the balance");
    }

    #[test]
    fn renewals_only_ever_move_the_end_forward(
        facts in running(), late_days in 0_i64..400, from in prop::sample::select(RenewFrom::ALL), waive: bool,
    ) {
        let end = facts.term.unwrap().end;
        let facts = if late_days == 0 {
            facts
        } else {
            Facts { now: end.plus_days(late_days), phase: Phase::Lapsed, ..facts }
        };
        let target = vec![facts.held[0].item.clone()];
        match preview(&facts, &Wish::Renew { target, from, waive }) {
            Ok(outcome) => {
                prop_assert!(outcome.new_expiry > Some(end));
                prop_assert!(outcome.term.unwrap().start < outcome.term.unwrap().end);
            }
            Err(refusal) => prop_assert_eq!(refusal, Refusal::WouldShorten),
        }
    }

    #[test]
    fn renewing_again_and_again_does_not_drift(
        start in 631_152_000_000_i64..2_840_140_800_000, zone in any_zone(), times in 1_u32..14,
    ) {
        let start = Timestamp::from_millis(start);
        let item = base(1, 1_000, monthly());
        let mut term =
            Term { start, end: period::add(start, monthly(), zone), lengths: 1, anchor: start };
        for _ in 0..times {
            let facts = Facts {
                now: term.end.plus_days(-2),
                zone,
                currency: Currency::EUR,
                phase: Phase::Running,
                held: vec![held(item.clone(), 1_000, term.start)],
                term: Some(term),
                balance: 0,
                tax: Tax::default(),
            };
            let wish = Wish::Renew { target: vec![item.clone()], from: RenewFrom::ExpiryOrToday, waive: false };
            term = preview(&facts, &wish).unwrap().term.unwrap();
        }
        prop_assert_eq!(term.end, period::nth(start, monthly(), times + 1, zone));
    }

    #[test]
    fn what_waits_costs_nothing_today_and_leaves_everything_as_it_is(facts in running(), price in 0_i64..1_000_000) {
        let wish = Wish::Change {
            target: vec![base(2, price, facts.held[0].item.every)],
            when: When::PeriodEnd,
            waive: false,
        };
        let outcome = preview(&facts, &wish).unwrap();
        prop_assert!(outcome.is_planned && outcome.totals == Totals::default());
        prop_assert_eq!(after(&facts, &outcome), facts);
    }

    #[test]
    fn a_break_takes_nothing_away(facts in running(), later in 0_i64..40_000_000_000) {
        let term = facts.term.unwrap();
        let back = facts.now.plus_millis(later);
        let after = resumed(&term, facts.now, back);
        prop_assert_eq!(after.end.millis_since(back), term.end.millis_since(facts.now));
    }
}
