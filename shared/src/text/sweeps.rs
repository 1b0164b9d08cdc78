//! The sweeps that compare Latchkey with Stripe.

use crate::reconcile::SweepKind;

pub const TITLE: &str = "Sweeps";
pub const INTRO: &str =
    "Whatever was missed is found: each sweep compares a part of what stands here with Stripe, by itself.";
pub const RECONCILE: &str = "Reconcile now";
pub const BEGUN: &str = "Everything is being compared with Stripe.";
pub const RUNS: &str = "Latest runs";
pub const NEVER: &str = "Has not run yet.";
pub const EMPTY_TITLE: &str = "No sweep has run yet";
pub const EMPTY_BODY: &str = "The first ones run as soon as Latchkey has started.";

pub const SWEEP: &str = "Sweep";
pub const BEGAN: &str = "Began";
pub const CAUSE: &str = "Because of";
pub const STATE: &str = "State";
pub const LOOKED_AT: &str = "Looked at";
pub const FOUND: &str = "Differed";
pub const WORDS: &str = "What it did";
pub const AT_WORK: &str = "At work";
pub const LAST: &str = "Last run";
pub const LAST_GOOD: &str = "Last success";

/// What a sweep goes through and how often.
pub const fn about(sweep: SweepKind) -> &'static str {
    match sweep {
        SweepKind::Full => {
            "Once a day: every subscription, however old, and those that Stripe no longer names."
        }
        SweepKind::Recent => "Every 15 minutes: what began in the last two days, where mistakes cost most.",
        SweepKind::MissedEvents => "Every 15 minutes: events that Stripe could not deliver.",
        SweepKind::Catalogue => "Every hour: products and prices that changed without an event.",
        SweepKind::Payments => {
            "Once, for an account that is older than this history: payments, refunds, disputes."
        }
        SweepKind::Local => {
            "Every 5 minutes: purchases and keys that wait, and statuses that time has changed."
        }
    }
}

/// How far a run is; the numbers are formatted.
pub fn progress(looked_at: &str, found: &str) -> String {
    [looked_at, " looked at, ", found, " differ"].concat()
}
