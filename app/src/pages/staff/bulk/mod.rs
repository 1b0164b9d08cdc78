//! Changing many things of a list, some at a time, so that it can be seen and stopped.

mod outcome;
mod run;

pub use outcome::{Group, Outcome, Words, draw};
pub use run::{Run, Step, working};
