//! Latchkey's server.
//!
//! The way of a request: [`router`] (every route) → `http/<resource>` (parse, permission, answer) → a domain
//! module that applies the rules → `latchkey_store`. Domain modules never see HTTP types; handlers never
//! write queries.

pub mod api_log;
pub mod attention;
pub mod audit;
pub mod backup;
pub mod billing;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod communications;
pub mod config;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod demo;
pub mod error;
pub mod failpoint;
pub mod filters;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod licensing;
pub mod links;
pub mod messages;
pub mod metrics;
pub mod people;
pub mod random;
pub mod recent;
pub mod reports;
pub mod resellers;
pub mod router;
pub mod search;
pub mod secrets;
pub mod server;
pub mod settings;
pub mod state;
pub mod stripe_client;
pub mod subscriptions;
pub mod terms;
pub mod transactions;
pub mod usage;
pub mod user_accounts;
pub mod vendor;
