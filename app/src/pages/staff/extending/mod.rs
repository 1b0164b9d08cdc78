//! Time for many subscriptions at once: those that are ticked, or those of the customers that are.

mod dialog;
mod fields;
mod target;

pub use target::{Of, ticking};
