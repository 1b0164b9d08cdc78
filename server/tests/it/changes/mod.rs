//! Changing, renewing, extending, pausing and ending subscriptions.

mod offline;
mod planned;
mod renewals;
mod tax;
mod world;
