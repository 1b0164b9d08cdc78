//! Latchkey's rules as pure functions: same input, same answer, no clock, no storage, no network.
//!
//! Domain modules of the server gather the facts, ask a function here, and carry out what it says. Times are
//! [`Timestamp`](latchkey_shared::time::Timestamp)s; what depends on now takes now as an argument.

pub mod block;
pub mod change;
pub mod counter_reset;
pub mod entitlement;
pub mod expiry_notice;
pub mod filter;
pub mod key_params;
pub mod key_text;
pub mod mrr;
pub mod offer;
pub mod paid_through;
pub mod password;
pub mod period;
pub mod reconcile;
pub mod reminder;
pub mod seats;
pub mod status;
pub mod stripe_status;
pub mod terms;
