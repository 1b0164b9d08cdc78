//! Moving in from another licensing service, step by step.

mod files;
mod invite;
mod outcome;
mod page;
mod programs;
mod runs;
mod token;

pub use page::MoveInPage;
