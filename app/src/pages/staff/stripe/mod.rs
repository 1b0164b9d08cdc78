//! Connecting Stripe, and checking what is connected.

mod account;
mod catalogue;
mod connect;
mod connect_steps;
mod map;
mod page;
mod permissions;
mod webhook;

pub use connect::StripeConnectPage;
pub use page::StripeCheckPage;
