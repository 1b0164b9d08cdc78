//! The JSON shapes of `/api/v1`, one module per resource.
//!
//! Requests refuse unknown fields and carry their own checks (`garde`); answers may grow.

pub mod attention;
pub mod auth;
pub mod catalog;
pub mod changes;
pub mod common;
pub mod communications;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod inbox;
pub mod key_bulk;
pub mod keys;
pub mod licensing;
pub mod links;
pub mod message_templates;
pub mod move_in;
pub mod portal;
pub mod publish;
pub mod reconcile;
pub mod reports;
pub mod session;
pub mod settings;
pub mod signing;
pub mod staff;
pub mod stripe;
pub mod subscriptions;
pub mod tax;
pub mod terms;
pub mod tokens;
pub mod transactions;
pub mod web_api;
pub mod webshops;
