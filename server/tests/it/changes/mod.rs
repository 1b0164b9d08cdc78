//! Changing, renewing, extending, pausing and ending subscriptions.

mod offline;
mod planned;
mod tax;
mod world;
