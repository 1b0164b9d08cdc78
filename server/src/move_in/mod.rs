//! Moving in: a vendor takes everything along from another licensing service, out of that service's own answers.
//!
//! [`read`] streams rows out of files, [`rows`] checks what they say, [`put`] decides and writes, [`run`] goes through
//! the files. Ids are kept, so that whatever names them, in programs and at Stripe, goes on naming the right rows.

pub mod background;
pub mod invite;
pub mod put;
pub mod read;
mod report;
pub mod rows;
pub mod run;
pub mod token;
pub mod uploads;

pub use report::{Report, Tally};

/// The most that a file may hold on the command line.
pub const FILE_LIMIT: u64 = 4 * 1024 * 1024 * 1024;
/// The most rows of one import.
pub const ROWS_LIMIT: u64 = 5_000_000;
