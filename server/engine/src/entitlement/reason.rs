use std::fmt;

use latchkey_shared::time::Timestamp;

use super::{Contract, PausedCollectionPolicy, Rules, grace_days, scheduled_end};
use crate::stripe_status::StripeStatus;

/// What is special about a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Stripe's word for it is not known.
    UnknownStatus,
    /// Every try to take the payment failed.
    Unpaid,
    /// A payment failed and is tried again.
    PaymentFailed,
    FirstPaymentOpen,
    FirstPaymentGivenUp,
    Paused,
    CollectionPaused {
        suspended: bool,
        resumes_at: Option<Timestamp>,
    },
    Ended {
        at: Option<Timestamp>,
    },
    EndsAt(Timestamp),
    /// No invoice with a period is paid.
    NothingPaid,
    Trial {
        until: Option<Timestamp>,
    },
    /// The trial has no grace, since there is no card to charge.
    TrialWithoutCard,
    /// Works longer than paid for, by somebody's promise.
    Extended(Timestamp),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownStatus => f.write_str("Stripe reports a status that Latchkey does not know."),
            Self::Unpaid => f.write_str("The payment failed for the last time."),
            Self::PaymentFailed => f.write_str("A payment failed and will be tried again."),
            Self::FirstPaymentOpen => f.write_str("The first payment is not complete."),
            Self::FirstPaymentGivenUp => f.write_str("The first payment was never completed."),
            Self::Paused => f.write_str("The subscription is paused."),
            Self::CollectionPaused { resumes_at: None, .. } => f.write_str("Payments are paused."),
            Self::CollectionPaused { resumes_at: Some(at), .. } => {
                write!(f, "Payments are paused until {}.", at.utc_date())
            }
            Self::Ended { .. } => f.write_str("The subscription has ended."),
            Self::EndsAt(at) => write!(f, "The subscription ends on {}.", at.utc_date()),
            Self::NothingPaid => f.write_str("Nothing has been paid yet."),
            Self::Trial { .. } => f.write_str("The trial is running."),
            Self::TrialWithoutCard => f.write_str("The trial ends without grace, since no card is known."),
            Self::Extended(until) => write!(f, "Extended until {}.", until.utc_date()),
        }
    }
}

/// All that apply, the most pressing first.
pub(super) fn reasons(contract: &Contract, rules: &Rules, now: Timestamp) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.extend(of_status(contract));
    if let Some(paused) = contract.collection_paused.filter(|_| contract.status == StripeStatus::Active) {
        let suspended = rules.paused_collection == PausedCollectionPolicy::Suspend;
        reasons.push(Reason::CollectionPaused { suspended, resumes_at: paused.resumes_at });
    }
    reasons.extend(scheduled_end(contract).map(Reason::EndsAt));
    let earned = contract.status.earns_a_key();
    if earned && contract.paid_through.is_none() && contract.trial_end.is_none() {
        reasons.push(Reason::NothingPaid);
    }
    if earned && contract.trial_end.is_some() && rules.grace_days > 0 && grace_days(contract, rules) == 0 {
        reasons.push(Reason::TrialWithoutCard);
    }
    let has_key = !matches!(contract.status, StripeStatus::Incomplete | StripeStatus::IncompleteExpired);
    let extension = rules.extended_until.filter(|until| {
        has_key && *until > now && Some(*until) > contract.paid_through.max(contract.trial_end)
    });
    reasons.extend(extension.map(Reason::Extended));
    reasons
}

fn of_status(contract: &Contract) -> Option<Reason> {
    match contract.status {
        StripeStatus::Unknown => Some(Reason::UnknownStatus),
        StripeStatus::Unpaid => Some(Reason::Unpaid),
        StripeStatus::PastDue => Some(Reason::PaymentFailed),
        StripeStatus::Incomplete => Some(Reason::FirstPaymentOpen),
        StripeStatus::IncompleteExpired => Some(Reason::FirstPaymentGivenUp),
        StripeStatus::Paused => Some(Reason::Paused),
        StripeStatus::Canceled => Some(Reason::Ended { at: contract.ended_at }),
        StripeStatus::Trialing => Some(Reason::Trial { until: contract.trial_end }),
        StripeStatus::Active => None,
    }
}
