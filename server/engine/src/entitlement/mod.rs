//! From a Stripe subscription to what the customer may use, and until when.
//!
//! | Stripe says | the key |
//! | --- | --- |
//! | `trialing` | works until the trial's end + grace |
//! | `active` | works until paid through + grace |
//! | `active`, collection paused | by the vendor's choice goes on with each period, or is suspended |
//! | `past_due` | works until paid through + grace, as before |
//! | `incomplete` | none yet |
//! | `incomplete_expired` | never any |
//! | `unpaid`, `paused` | suspended: blocked and kept |
//! | `canceled` | ended: blocked and kept, expired when the subscription ended |
//! | anything else | stays as it is; staff are told |
//!
//! * The expiry is always a date, so that keys lapse by themselves if no event ever comes again.
//! * What staff or a program extended holds in every row that has a key, breaks left out: until then the key is neither
//!   expired nor blocked by billing. Whoever ends a contract at once must take the extension back too.
//! * Grace is for customers who can still pay: a trial without a card has none.

mod facts;
mod reason;

pub use facts::{Contract, PausedCollection, PausedCollectionPolicy, Rules};
use latchkey_shared::time::Timestamp;
pub use reason::Reason;

use crate::stripe_status::StripeStatus;

/// What a customer's key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The first payment is still to come.
    NotYet,
    /// Works until it expires.
    Active,
    /// Blocked for now.
    Suspended,
    /// Blocked for good, kept for the record.
    Ended,
    /// There never was anything to use.
    NeverBegan,
}

/// What a subscription entitles its customer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// Whether a key must exist; one that exists already is never taken away.
    pub issue_key: bool,
    pub access: Access,
    /// What is paid for, or on trial; what screens show. `None` as long as nothing is.
    pub paid_through: Option<Timestamp>,
    /// What the key's `Expires` is set to: with grace and extension. `None` if there is no key.
    pub expires: Option<Timestamp>,
    /// When it is going to end although it runs.
    pub ends_at: Option<Timestamp>,
    /// What is special about it, the most pressing first.
    pub reasons: Vec<Reason>,
}

/// Works out the entitlement of a subscription as it stands now.
pub fn entitlement(contract: &Contract, rules: &Rules, now: Timestamp) -> Entitlement {
    let access = access(contract, rules, now);
    let has_key = !matches!(access, Access::NotYet | Access::NeverBegan);
    Entitlement {
        issue_key: contract.status.earns_a_key(),
        access,
        paid_through: covered_through(contract, rules).filter(|_| has_key),
        expires: has_key.then(|| expires(contract, rules)),
        ends_at: scheduled_end(contract),
        reasons: reason::reasons(contract, rules, now),
    }
}

fn access(contract: &Contract, rules: &Rules, now: Timestamp) -> Access {
    let extended = rules.extended_until.is_some_and(|until| until > now);
    let unless_extended = |access| if extended { Access::Active } else { access };
    match contract.status {
        StripeStatus::Incomplete => Access::NotYet,
        StripeStatus::IncompleteExpired => Access::NeverBegan,
        StripeStatus::Active if contract.collection_paused.is_some() => match rules.paused_collection {
            PausedCollectionPolicy::Keep => Access::Active,
            // Somebody wanted this break, whatever was given before.
            PausedCollectionPolicy::Suspend => Access::Suspended,
        },
        StripeStatus::Trialing | StripeStatus::Active | StripeStatus::PastDue | StripeStatus::Unknown => {
            Access::Active
        }
        StripeStatus::Paused => Access::Suspended,
        StripeStatus::Unpaid => unless_extended(Access::Suspended),
        StripeStatus::Canceled => unless_extended(Access::Ended),
    }
}

/// Until when the customer has what they agreed to, without grace and extension.
fn covered_through(contract: &Contract, rules: &Rules) -> Option<Timestamp> {
    let covered = contract.paid_through.max(contract.trial_end);
    let kept_while_paused = contract.status == StripeStatus::Active
        && contract.collection_paused.is_some()
        && rules.paused_collection == PausedCollectionPolicy::Keep;
    match contract.status {
        // Paused invoices are never paid, but the vendor lets each period count.
        StripeStatus::Active if kept_while_paused => covered.max(contract.current_period_end),
        StripeStatus::Canceled => {
            covered.map(|covered| contract.ended_at.map_or(covered, |end| end.min(covered)))
        }
        _ => covered,
    }
}

fn expires(contract: &Contract, rules: &Rules) -> Timestamp {
    let covered = covered_through(contract, rules).unwrap_or(contract.started_at);
    let with_grace = covered.plus_days(i64::from(grace_days(contract, rules)));
    let by_contract = match (contract.status, contract.ended_at) {
        (StripeStatus::Canceled, Some(ended_at)) => with_grace.min(ended_at.max(covered)),
        (StripeStatus::Canceled, None) => covered,
        _ => with_grace,
    };
    rules.extended_until.map_or(by_contract, |until| by_contract.max(until))
}

/// Days of grace after what is covered: none where only a trial is and there is no card to charge.
fn grace_days(contract: &Contract, rules: &Rules) -> u32 {
    let only_a_trial = contract.trial_end.is_some() && contract.paid_through <= contract.trial_end;
    if only_a_trial && !contract.has_payment_method { 0 } else { rules.grace_days }
}

/// Both ways in which Stripe says that a subscription is going to end.
fn scheduled_end(contract: &Contract) -> Option<Timestamp> {
    if contract.status.is_final() {
        return None;
    }
    let at_period_end = contract.current_period_end.filter(|_| contract.cancel_at_period_end);
    contract.cancel_at.or(at_period_end)
}

#[cfg(test)]
mod tests;
