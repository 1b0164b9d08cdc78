//! Breaks, and time that is given away.

use latchkey_shared::time::Timestamp;

use super::{Refusal, Term};
use crate::period::{self, Tz};

/// The term after a break: what was left when it began is left when it ends.
pub fn resumed(term: &Term, paused_at: Timestamp, now: Timestamp) -> Term {
    let left_then = term.end.millis_since(paused_at).max(0);
    let break_length = now.millis_since(paused_at).max(0);
    if left_then == 0 {
        return *term;
    }
    Term {
        start: term.start.plus_millis(break_length),
        end: term.end.plus_millis(break_length),
        anchor: term.anchor.plus_millis(break_length),
        ..*term
    }
}

/// Until when something that was given lasts after a break: what was left of it when the break began is left.
pub fn given_after_break(until: Timestamp, paused_at: Timestamp, now: Timestamp) -> Timestamp {
    if until > paused_at { until.plus_millis(now.millis_since(paused_at).max(0)) } else { until }
}

/// Until when something works that is extended by days: counted from what it has, or from now if that is over.
pub fn extended(ends: Option<Timestamp>, now: Timestamp, days: i64, zone: Tz) -> Result<Timestamp, Refusal> {
    let until = period::add_days(ends.map_or(now, |ends| ends.max(now)), days, zone);
    if ends.is_some_and(|ends| until <= ends) || until <= now {
        Err(Refusal::WouldShorten)
    } else {
        Ok(until)
    }
}
