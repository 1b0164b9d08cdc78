//! Changing, renewing, extending, pausing and ending subscriptions.

mod offline;
mod planned;
mod reminders;
mod renewals;
mod tax;
mod world;
