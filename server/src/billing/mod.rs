//! Money: Stripe accounts, the inbox, converging subscriptions, purchases.

pub mod accounts;
