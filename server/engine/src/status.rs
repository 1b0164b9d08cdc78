//! The three axes of status and the headline, all from here.
//!
//! * **Subscription**, from how the contract stands and the dates:
//!   not begun → `pending_start`; paused → `paused`; ended and no extension running → `cancelled`;
//!   past its expiry → `expired`; a failed payment → `past_due`; on trial → `trial`; paid for or extended →
//!   `active`; else `grace`.
//! * **Licence key**: a block → `blocked`; past its expiry → `expired`; past what is paid or extended →
//!   `grace`; else `active`. A key without expiry never ends.
//! * **Headline** of a customer: the first of disabled, pending, trial, past due, grace, paused, active,
//!   expired, cancelled that applies to the account or any subscription, else none. A contract that has not
//!   begun makes a customer pending only if none of the others is running.

use latchkey_shared::status::{AccountStatus, BlockSource, Headline, KeyStatus, SubscriptionStatus};
use latchkey_shared::time::Timestamp;

use crate::entitlement::{Contract, PausedCollectionPolicy};
use crate::stripe_status::StripeStatus;

/// How a contract stands, whoever bills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The first payment or the first sign-in is still to come.
    NotBegun,
    Trial,
    Running,
    PaymentOverdue,
    Paused,
    Ended,
}

impl Standing {
    /// Of a Stripe subscription. `None` for one whose first payment was never completed: it never was a
    /// contract, and the customer has none.
    pub fn of_stripe(contract: &Contract, paused_collection: PausedCollectionPolicy) -> Option<Self> {
        let suspended =
            contract.collection_paused.is_some() && paused_collection == PausedCollectionPolicy::Suspend;
        Some(match contract.status {
            StripeStatus::Incomplete => Self::NotBegun,
            StripeStatus::IncompleteExpired => return None,
            StripeStatus::Trialing => Self::Trial,
            StripeStatus::Active if suspended => Self::Paused,
            StripeStatus::Active | StripeStatus::Unknown => Self::Running,
            StripeStatus::PastDue | StripeStatus::Unpaid => Self::PaymentOverdue,
            StripeStatus::Paused => Self::Paused,
            StripeStatus::Canceled => Self::Ended,
        })
    }
}

/// The dates that a status depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// `None` until the first sign-in, for contracts that begin with it.
    pub starts_at: Option<Timestamp>,
    /// What is paid for, or on trial. `None`: without end.
    pub paid_through: Option<Timestamp>,
    /// With grace and extension. `None`: never.
    pub expires: Option<Timestamp>,
    pub extended_until: Option<Timestamp>,
}

impl Dates {
    fn is_extended(&self, now: Timestamp) -> bool {
        self.extended_until.is_some_and(|until| now < until)
    }

    fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| now >= expires) && !self.is_extended(now)
    }

    fn is_paid(&self, now: Timestamp) -> bool {
        self.paid_through.is_none_or(|through| now < through) || self.is_extended(now)
    }
}

/// The subscription axis.
pub fn subscription(standing: Standing, dates: &Dates, now: Timestamp) -> SubscriptionStatus {
    let begun = dates.starts_at.is_some_and(|start| start <= now);
    match standing {
        Standing::NotBegun => SubscriptionStatus::PendingStart,
        Standing::Ended if !dates.is_extended(now) => SubscriptionStatus::Cancelled,
        Standing::Paused => SubscriptionStatus::Paused,
        _ if !begun => SubscriptionStatus::PendingStart,
        _ if dates.is_expired(now) => SubscriptionStatus::Expired,
        Standing::PaymentOverdue => SubscriptionStatus::PastDue,
        _ if !dates.is_paid(now) => SubscriptionStatus::Grace,
        Standing::Trial => SubscriptionStatus::Trial,
        Standing::Running | Standing::Ended => SubscriptionStatus::Active,
    }
}

/// The licence key axis. For a key that nobody bills, `paid_through` and `expires` are the same date.
pub fn key(blocked_by: Option<BlockSource>, dates: &Dates, now: Timestamp) -> KeyStatus {
    if blocked_by.is_some() {
        KeyStatus::Blocked
    } else if dates.is_expired(now) {
        KeyStatus::Expired
    } else if dates.is_paid(now) {
        KeyStatus::Active
    } else {
        KeyStatus::Grace
    }
}

/// The headline of a customer in lists.
pub fn headline(account: AccountStatus, subscriptions: &[SubscriptionStatus]) -> Headline {
    match account {
        AccountStatus::Disabled => Headline::Disabled,
        AccountStatus::Pending => Headline::Pending,
        AccountStatus::Active => {
            let words = subscriptions.iter().map(|status| match status {
                SubscriptionStatus::PendingStart => (1, Headline::Pending),
                SubscriptionStatus::Trial => (0, Headline::Trial),
                SubscriptionStatus::PastDue => (0, Headline::PastDue),
                SubscriptionStatus::Grace => (0, Headline::Grace),
                SubscriptionStatus::Paused => (0, Headline::Paused),
                SubscriptionStatus::Active => (0, Headline::Active),
                SubscriptionStatus::Expired => (2, Headline::Expired),
                SubscriptionStatus::Cancelled => (2, Headline::Cancelled),
            });
            words.min().map_or(Headline::None, |(_, headline)| headline)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_millis(0).plus_days(number)
    }

    /// Began on day 0, paid until 30, expires on 35.
    const fn dates() -> Dates {
        const DAY: i64 = 86_400_000;
        Dates {
            starts_at: Some(Timestamp::from_millis(0)),
            paid_through: Some(Timestamp::from_millis(30 * DAY)),
            expires: Some(Timestamp::from_millis(35 * DAY)),
            extended_until: None,
        }
    }

    #[test]
    fn a_subscription_through_its_life() {
        use SubscriptionStatus as Is;
        for (standing, on_day_10, on_day_30, on_day_35) in [
            (Standing::NotBegun, Is::PendingStart, Is::PendingStart, Is::PendingStart),
            (Standing::Trial, Is::Trial, Is::Grace, Is::Expired),
            (Standing::Running, Is::Active, Is::Grace, Is::Expired),
            (Standing::PaymentOverdue, Is::PastDue, Is::PastDue, Is::Expired),
            (Standing::Paused, Is::Paused, Is::Paused, Is::Paused),
            (Standing::Ended, Is::Cancelled, Is::Cancelled, Is::Cancelled),
        ] {
            let seen = [10, 30, 35].map(|number| subscription(standing, &dates(), day(number)));
            assert_eq!(seen, [on_day_10, on_day_30, on_day_35], "{standing:?}");
        }
    }

    #[test]
    fn before_its_beginning_and_without_end() {
        let later = Dates { starts_at: Some(day(20)), ..dates() };
        assert_eq!(subscription(Standing::Running, &later, day(10)), SubscriptionStatus::PendingStart);
        assert_eq!(subscription(Standing::Running, &later, day(20)), SubscriptionStatus::Active);
        let from_sign_in = Dates { starts_at: None, ..dates() };
        assert_eq!(subscription(Standing::Running, &from_sign_in, day(10)), SubscriptionStatus::PendingStart);
        let for_ever = Dates { paid_through: None, expires: None, ..dates() };
        assert_eq!(subscription(Standing::Running, &for_ever, day(9_999)), SubscriptionStatus::Active);
    }

    #[test]
    fn an_extension_counts_as_paid() {
        let extended = Dates { extended_until: Some(day(50)), expires: Some(day(50)), ..dates() };
        assert_eq!(subscription(Standing::Running, &extended, day(40)), SubscriptionStatus::Active);
        assert_eq!(subscription(Standing::Ended, &extended, day(40)), SubscriptionStatus::Active);
        assert_eq!(subscription(Standing::PaymentOverdue, &extended, day(40)), SubscriptionStatus::PastDue);
        assert_eq!(subscription(Standing::Ended, &extended, day(50)), SubscriptionStatus::Cancelled);
        assert_eq!(key(None, &extended, day(40)), KeyStatus::Active);
    }

    #[test]
    fn stripes_words() {
        use StripeStatus as S;
        let stands = |status, paused: bool, policy| {
            let contract = Contract {
                status,
                started_at: day(0),
                paid_through: None,
                current_period_end: None,
                trial_end: None,
                has_payment_method: true,
                collection_paused: paused
                    .then_some(crate::entitlement::PausedCollection { resumes_at: None }),
                cancel_at: None,
                cancel_at_period_end: false,
                ended_at: None,
            };
            Standing::of_stripe(&contract, policy)
        };
        let keep = PausedCollectionPolicy::Keep;
        for (status, standing) in [
            (S::Incomplete, Some(Standing::NotBegun)),
            (S::IncompleteExpired, None),
            (S::Trialing, Some(Standing::Trial)),
            (S::Active, Some(Standing::Running)),
            (S::PastDue, Some(Standing::PaymentOverdue)),
            (S::Unpaid, Some(Standing::PaymentOverdue)),
            (S::Paused, Some(Standing::Paused)),
            (S::Canceled, Some(Standing::Ended)),
            (S::Unknown, Some(Standing::Running)),
        ] {
            assert_eq!(stands(status, false, keep), standing, "{status:?}");
        }
        assert_eq!(stands(S::Active, true, keep), Some(Standing::Running));
        assert_eq!(stands(S::Active, true, PausedCollectionPolicy::Suspend), Some(Standing::Paused));
    }

    #[test]
    fn a_key_through_its_life() {
        for (number, status) in [(0, KeyStatus::Active), (30, KeyStatus::Grace), (35, KeyStatus::Expired)] {
            assert_eq!(key(None, &dates(), day(number)), status, "day {number}");
            assert_eq!(key(Some(BlockSource::Staff), &dates(), day(number)), KeyStatus::Blocked);
        }
        assert_eq!(key(None, &Dates::default(), day(9_999)), KeyStatus::Active);
    }

    #[test]
    fn headlines() {
        use SubscriptionStatus as Is;
        for (account, subscriptions, expected) in [
            (AccountStatus::Disabled, vec![Is::Active], Headline::Disabled),
            (AccountStatus::Pending, vec![Is::Active], Headline::Pending),
            (AccountStatus::Active, vec![], Headline::None),
            (AccountStatus::Active, vec![Is::Active, Is::Trial], Headline::Trial),
            (AccountStatus::Active, vec![Is::Active, Is::PastDue], Headline::PastDue),
            (AccountStatus::Active, vec![Is::Active, Is::Grace], Headline::Grace),
            (AccountStatus::Active, vec![Is::Active, Is::Paused], Headline::Paused),
            (AccountStatus::Active, vec![Is::Expired, Is::Active], Headline::Active),
            (AccountStatus::Active, vec![Is::Cancelled, Is::Expired], Headline::Expired),
            (AccountStatus::Active, vec![Is::Cancelled], Headline::Cancelled),
            (AccountStatus::Active, vec![Is::PendingStart], Headline::Pending),
            (AccountStatus::Active, vec![Is::PendingStart, Is::Cancelled], Headline::Pending),
            (AccountStatus::Active, vec![Is::PendingStart, Is::Active], Headline::Active),
        ] {
            assert_eq!(headline(account, &subscriptions), expected, "{account:?} {subscriptions:?}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_subscriptions_does_not_matter(
            mut statuses in prop::collection::vec(prop::sample::select(SubscriptionStatus::ALL), 0..5),
        ) {
            let first = headline(AccountStatus::Active, &statuses);
            statuses.reverse();
            prop_assert_eq!(headline(AccountStatus::Active, &statuses), first);
        }

        #[test]
        fn a_key_only_ever_gets_worse(paid in 0_i64..100, grace in 0_i64..10, a in 0_i64..120, b in 0_i64..120) {
            let dates = Dates { paid_through: Some(day(paid)), expires: Some(day(paid + grace)), ..Dates::default() };
            prop_assert!(key(None, &dates, day(a.min(b))) <= key(None, &dates, day(a.max(b))));
        }
    }
}
