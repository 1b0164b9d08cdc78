//! Latchkey's database.
//!
//! [`Store`] holds the connections; [`entity`] has one module per table; the other modules hold the queries,
//! one per resource. Every query that reads what belongs to somebody takes an [`Access`], so that whose data
//! it is cannot be forgotten. The same code runs on SQLite and PostgreSQL.

pub mod access;
pub mod activations;
pub mod api_log;
pub mod attention;
pub mod audit_log;
pub mod balances;
pub mod changes;
pub mod checkouts;
pub mod communications;
pub mod conditions;
mod customer_conditions;
pub mod customer_finding;
mod customer_leads;
pub mod customer_list;
pub mod customer_removal;
pub mod customer_search;
pub mod customers;
pub mod data;
pub mod database;
pub mod entity;
pub mod invitations;
pub mod key_list;
pub mod key_parts;
pub mod key_schedule;
pub mod key_use;
pub mod keys;
pub mod locks;
pub mod message_templates;
pub mod messages;
mod migration;
pub mod move_in_files;
pub mod moving_in;
pub mod numbers;
pub mod offline;
pub mod page;
pub mod plans;
pub mod products;
pub mod reminders;
pub mod reports;
pub mod resellers;
pub mod signing_keys;
pub mod stripe_accounts;
pub mod stripe_catalog;
pub mod stripe_customers;
pub mod stripe_event_list;
pub mod stripe_events;
pub mod subscription_keys;
pub mod subscriptions;
pub mod sweeps;
pub mod sync_jobs;
pub mod tables;
pub mod tax_rates;
pub mod templates;
pub mod text_match;
pub mod tokens;
pub mod transactions;
mod trigrams;
pub mod trouble;
pub mod usage;
pub mod user_accounts;
pub mod webshops;

pub use access::{Access, Lock};
pub use database::Store;
