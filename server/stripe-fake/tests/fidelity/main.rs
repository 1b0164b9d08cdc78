//! The stand-in driven through the client: one test per way in which stand-ins usually differ from Stripe.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod accounts;
mod api;
mod billing;
mod chaos;
mod checkout;
mod idempotency;
mod lists;
mod pages;
mod plan_changes;
mod rig;
mod seeds;
mod webhooks;
