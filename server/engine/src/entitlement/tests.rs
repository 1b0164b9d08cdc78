use proptest::prelude::*;

use super::*;

const GRACE: u32 = 5;

fn day(number: i64) -> Timestamp {
    Timestamp::from_millis(0).plus_days(number)
}

/// Began on day 0, paid until day 30.
fn contract(status: StripeStatus) -> Contract {
    Contract {
        status,
        started_at: day(0),
        paid_through: Some(day(30)),
        current_period_end: Some(day(30)),
        trial_end: None,
        has_payment_method: true,
        collection_paused: None,
        cancel_at: None,
        cancel_at_period_end: false,
        ended_at: None,
    }
}

fn rules() -> Rules {
    Rules { grace_days: GRACE, extended_until: None, paused_collection: PausedCollectionPolicy::Keep }
}

/// On day 10.
fn of(contract: &Contract) -> Entitlement {
    entitlement(contract, &rules(), day(10))
}

#[test]
fn every_status_of_the_table() {
    use StripeStatus as S;
    for (status, issue_key, access, expires) in [
        (S::Trialing, true, Access::Active, Some(35)),
        (S::Active, true, Access::Active, Some(35)),
        (S::PastDue, true, Access::Active, Some(35)),
        (S::Unknown, false, Access::Active, Some(35)),
        (S::Unpaid, false, Access::Suspended, Some(35)),
        (S::Paused, false, Access::Suspended, Some(35)),
        (S::Incomplete, false, Access::NotYet, None),
        (S::IncompleteExpired, false, Access::NeverBegan, None),
        (S::Canceled, false, Access::Ended, Some(30)),
    ] {
        let result = of(&contract(status));
        assert_eq!(
            (result.issue_key, result.access, result.expires),
            (issue_key, access, expires.map(day)),
            "{status:?}"
        );
    }
}

#[test]
fn a_trial_runs_to_its_end_and_has_grace_only_with_a_card() {
    let trial = Contract {
        paid_through: Some(day(14)),
        trial_end: Some(day(14)),
        current_period_end: Some(day(14)),
        ..contract(StripeStatus::Trialing)
    };
    assert_eq!(of(&trial).expires, Some(day(14 + 5)));
    assert_eq!(of(&trial).paid_through, Some(day(14)));

    let no_card = Contract { has_payment_method: false, ..trial.clone() };
    assert_eq!(of(&no_card).expires, Some(day(14)));
    assert_eq!(of(&no_card).reasons, [Reason::Trial { until: Some(day(14)) }, Reason::TrialWithoutCard]);

    let before_its_invoice = Contract { paid_through: None, ..no_card.clone() };
    assert_eq!(of(&before_its_invoice).expires, Some(day(14)));

    let over_and_unpaid = Contract { status: StripeStatus::PastDue, ..no_card };
    assert_eq!(of(&over_and_unpaid).expires, Some(day(14)), "still nothing but a trial");

    let paid_after_it =
        Contract { status: StripeStatus::Active, paid_through: Some(day(44)), ..over_and_unpaid };
    assert_eq!(of(&paid_after_it).expires, Some(day(44 + 5)));
}

#[test]
fn a_renewal_that_is_not_paid_yet_does_not_count() {
    let renewing = Contract { current_period_end: Some(day(60)), ..contract(StripeStatus::Active) };
    assert_eq!(of(&renewing).paid_through, Some(day(30)));
    assert_eq!(of(&renewing).expires, Some(day(35)));
}

#[test]
fn paused_collection_is_the_vendors_choice() {
    let paused = Contract {
        collection_paused: Some(PausedCollection { resumes_at: Some(day(90)) }),
        current_period_end: Some(day(60)),
        ..contract(StripeStatus::Active)
    };
    let kept = of(&paused);
    assert_eq!((kept.access, kept.expires), (Access::Active, Some(day(65))), "each period counts");
    assert_eq!(kept.reasons, [Reason::CollectionPaused { suspended: false, resumes_at: Some(day(90)) }]);

    let suspend = Rules { paused_collection: PausedCollectionPolicy::Suspend, ..rules() };
    let suspended = entitlement(&paused, &suspend, day(10));
    assert_eq!((suspended.access, suspended.expires), (Access::Suspended, Some(day(35))));
    assert!(suspended.issue_key, "what was paid for is issued all the same");
}

#[test]
fn a_cancelled_subscription_expires_when_it_ended() {
    let at_period_end = Contract { ended_at: Some(day(30)), ..contract(StripeStatus::Canceled) };
    assert_eq!(of(&at_period_end).expires, Some(day(30)), "no grace after an end that was wanted");

    let at_once = Contract { ended_at: Some(day(12)), ..contract(StripeStatus::Canceled) };
    assert_eq!(of(&at_once).expires, Some(day(12)));
    assert_eq!(of(&at_once).paid_through, Some(day(12)));

    let after_failed_payments = Contract { ended_at: Some(day(50)), ..contract(StripeStatus::Canceled) };
    assert_eq!(of(&after_failed_payments).expires, Some(day(35)), "it had its grace");

    let in_grace = Contract { ended_at: Some(day(32)), ..contract(StripeStatus::Canceled) };
    assert_eq!(of(&in_grace).expires, Some(day(32)));
}

#[test]
fn an_end_that_is_planned_is_said_and_changes_nothing_yet() {
    let by_flag = Contract { cancel_at_period_end: true, ..contract(StripeStatus::Active) };
    let by_date = Contract { cancel_at: Some(day(20)), ..contract(StripeStatus::Active) };
    for (contract, end) in [(by_flag, day(30)), (by_date, day(20))] {
        let result = of(&contract);
        assert_eq!((result.access, result.expires), (Access::Active, Some(day(35))));
        assert_eq!(result.ends_at, Some(end));
        assert_eq!(result.reasons, [Reason::EndsAt(end)]);
    }
    let over =
        Contract { cancel_at: Some(day(20)), ended_at: Some(day(20)), ..contract(StripeStatus::Canceled) };
    assert_eq!(of(&over).ends_at, None);
}

#[test]
fn nothing_paid_is_issued_and_lapses_by_itself() {
    let invoiced = Contract { paid_through: None, ..contract(StripeStatus::Active) };
    let result = of(&invoiced);
    assert!(result.issue_key);
    assert_eq!((result.paid_through, result.expires), (None, Some(day(5))));
    assert_eq!(result.reasons, [Reason::NothingPaid]);
}

#[test]
fn an_extension_holds_until_its_day_and_no_longer() {
    let extended = Rules { extended_until: Some(day(50)), ..rules() };
    for status in [StripeStatus::Unpaid, StripeStatus::Canceled, StripeStatus::Active] {
        let result = entitlement(&contract(status), &extended, day(49));
        assert_eq!((result.access, result.expires), (Access::Active, Some(day(50))), "{status:?}");
        assert_eq!(result.reasons.last(), Some(&Reason::Extended(day(50))), "{status:?}");
    }
    assert_eq!(entitlement(&contract(StripeStatus::Unpaid), &extended, day(50)).access, Access::Suspended);
    assert_eq!(entitlement(&contract(StripeStatus::Canceled), &extended, day(50)).access, Access::Ended);
    assert_eq!(entitlement(&contract(StripeStatus::Incomplete), &extended, day(49)).access, Access::NotYet);
    assert_eq!(entitlement(&contract(StripeStatus::Paused), &extended, day(49)).access, Access::Suspended);
}

fn any_day() -> impl Strategy<Value = Timestamp> {
    (0_i64..1_000).prop_map(day)
}

fn maybe_day() -> impl Strategy<Value = Option<Timestamp>> {
    prop::option::of(any_day())
}

prop_compose! {
    fn any_contract()(
        status in prop::sample::select(&StripeStatus::ALL[..]),
        (started_at, paid_through, current_period_end, trial_end) in (any_day(), maybe_day(), maybe_day(), maybe_day()),
        has_payment_method: bool,
        paused in prop::option::of(maybe_day()),
        (cancel_at, cancel_at_period_end, ended_at) in (maybe_day(), any::<bool>(), maybe_day()),
    ) -> Contract {
        let collection_paused = paused.map(|resumes_at| PausedCollection { resumes_at });
        Contract {
            status, started_at, paid_through, current_period_end, trial_end, has_payment_method, collection_paused,
            cancel_at, cancel_at_period_end, ended_at,
        }
    }
}

prop_compose! {
    fn any_rules()(grace_days in 0_u32..60, extended_until in maybe_day(), suspend: bool) -> Rules {
        let paused_collection =
            if suspend { PausedCollectionPolicy::Suspend } else { PausedCollectionPolicy::Keep };
        Rules { grace_days, extended_until, paused_collection }
    }
}

proptest! {
    #[test]
    fn a_key_never_expires_before_what_is_paid(contract in any_contract(), rules in any_rules(), now in any_day()) {
        prop_assume!(contract.status != StripeStatus::Canceled);
        let result = entitlement(&contract, &rules, now);
        if let Some(expires) = result.expires {
            prop_assert!(Some(expires) >= contract.paid_through);
            prop_assert!(Some(expires) >= result.paid_through);
        }
    }

    #[test]
    fn an_extension_survives_all_but_a_break(contract in any_contract(), rules in any_rules(), now in any_day()) {
        let result = entitlement(&contract, &rules, now);
        let of_collection = contract.status == StripeStatus::Active
            && contract.collection_paused.is_some()
            && rules.paused_collection == PausedCollectionPolicy::Suspend;
        let on_a_break = of_collection || contract.status == StripeStatus::Paused;
        if let (Some(expires), Some(until)) = (result.expires, rules.extended_until) {
            prop_assert!(expires >= until);
            let expected = if on_a_break { Access::Suspended } else { Access::Active };
            prop_assert!(until <= now || result.access == expected);
        }
    }

    #[test]
    fn more_never_gives_less(contract in any_contract(), rules in any_rules(), now in any_day(), more in 1_i64..100) {
        let before = entitlement(&contract, &rules, now).expires;
        let more_grace = Rules { grace_days: rules.grace_days + 1, ..rules };
        prop_assert!(entitlement(&contract, &more_grace, now).expires >= before);
        let longer = Rules { extended_until: rules.extended_until.map(|until| until.plus_days(more)), ..rules };
        prop_assert!(entitlement(&contract, &longer, now).expires >= before);
        if let Some(paid) = contract.paid_through {
            let paid_more = Contract { paid_through: Some(paid.plus_days(more)), ..contract.clone() };
            prop_assert!(entitlement(&paid_more, &rules, now).expires >= before);
        }
    }

    #[test]
    fn running_it_again_later_moves_no_expiry(contract in any_contract(), rules in any_rules(), now in any_day(), later in any_day()) {
        let (a, b) = (entitlement(&contract, &rules, now), entitlement(&contract, &rules, later));
        prop_assert_eq!(a.expires, b.expires);
        prop_assert_eq!(a.issue_key, b.issue_key);
    }

    #[test]
    fn there_is_always_an_expiry_where_there_is_access(contract in any_contract(), rules in any_rules(), now in any_day()) {
        let result = entitlement(&contract, &rules, now);
        prop_assert_eq!(result.expires.is_none(), matches!(result.access, Access::NotYet | Access::NeverBegan));
        prop_assert!(!result.issue_key || result.expires.is_some());
    }
}
