//! Changing, renewing and ending a subscription: what it costs, what it gives, what is lost.
//!
//! One function answers the preview and carries out the commit: [`preview`] computes an [`Outcome`] from
//! [`Facts`] and a [`Wish`], and whoever commits stores just that. Amounts are minor units of the subscription's
//! currency, and a customer's credit is never paid out: it goes to their balance, which later charges use up.
//!
//! * **Days.** Time is counted in calendar days of the vendor's zone, by the actual length of the period; a day
//!   that was begun counts as used from its end on. So an amount stays the same for a day.
//! * **Credit** for unused time is the part of what was *really paid* for an item (not of its price) that falls
//!   on the days left, never more than all of it.
//! * **Tax** is split off, or put on, line by line, by the rate in force; what is given back carries the tax that it
//!   was paid with.
//! * **A change now** of the same rhythm keeps the end and charges the days left; another rhythm (a month to a
//!   year), or a paid plan after a free one, begins a new period today.
//! * **On trial** nothing is credited or charged: the trial goes on with the new plan. [`trial`] begins one.
//! * **Lapsed** (in grace or expired): there is nothing to credit, and a change is a renewal with another plan.
//! * **All items have one rhythm**, the base's, as at Stripe: extras end when the base does.

mod compare;
mod facts;
mod money;
mod moves;
mod now;
mod outcome;
mod pause;
mod refusal;
mod renew;
mod tax;
mod trial;

pub use facts::{Facts, Held, Item, Phase, Term, When, Wish};
pub use outcome::{Kept, Line, Next, Outcome, Totals};
pub use pause::{extended, given_after_break, resumed};
pub use refusal::Refusal;
pub use tax::{Split, Tax};
pub use trial::trial;

use facts::valid_target;

/// What a wish would do. The commit stores this, computed again from the facts as they are then.
pub fn preview(facts: &Facts, wish: &Wish) -> Result<Outcome, Refusal> {
    match wish {
        Wish::Change { target, when, waive } => {
            valid_target(facts, target)?;
            if matches!(facts.phase, Phase::Ended) {
                return Err(Refusal::Ended);
            }
            if matches!(facts.phase, Phase::Paused) {
                return Err(Refusal::Paused);
            }
            if compare::is_same(&facts.held, target) {
                return Err(Refusal::NoChange);
            }
            match when {
                When::Now => now::change(facts, target, *waive),
                When::PeriodEnd | When::On(_) => moves::later(facts, target, *when),
            }
        }
        Wish::Renew { target, from, waive } => {
            valid_target(facts, target)?;
            renew::renew(facts, target, *from, *waive)
        }
        Wish::Cancel { when, refund } => moves::cancel(facts, *when, *refund),
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod renew_tests;
#[cfg(test)]
mod tests;
