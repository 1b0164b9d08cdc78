//! Subscriptions that no payment provider bills: bank transfer, cash, or nothing at all.

pub mod add;
pub mod arranged;
pub mod keys;
pub mod plans;
pub mod start;
