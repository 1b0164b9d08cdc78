//! Latchkey's server.
//!
//! The way of a request: [`router`] (every route) → `http/<resource>` (parse, permission, answer) → a domain
//! module that applies the rules → `latchkey_store`. Domain modules never see HTTP types; handlers never
//! write queries.

pub mod attention;
pub mod audit;
pub mod billing;
pub mod cli;
pub mod clock;
pub mod communications;
pub mod config;
pub mod error;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod metrics;
pub mod random;
pub mod router;
pub mod secrets;
pub mod server;
pub mod state;
pub mod stripe_client;
pub mod terms;
pub mod vendor;
