//! What went wrong elsewhere: one test per failure that others met with Stripe, each named after it.

mod arrival;
mod crashes;
mod duplicates;
mod lifecycle;
mod missing_keys;
mod shapes;
