//! Changing, renewing, extending, pausing and ending subscriptions.

mod letters;
mod offline;
mod planned;
mod refunds;
mod reminders;
mod renewals;
mod sign_in;
mod tax;
mod trials;
mod world;
