//! Points in time and calendar days, without a clock and without a time zone database.
//!
//! A [`Timestamp`] is what the database stores and JSON carries; a [`Date`] is what people type. Turning
//! one into the other needs the vendor's time zone and is the server's business (`engine::period`).

mod civil;
mod date;
mod duration;
mod timestamp;

pub use date::{Date, DateError};
pub use duration::{DurationError, DurationUnit, PlanDuration};
pub use timestamp::{TimeError, Timestamp};
