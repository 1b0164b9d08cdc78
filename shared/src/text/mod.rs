//! The words on the screen, one module per area, so that languages can follow.
//!
//! Pages and messages take their sentences from here; what a component needs to say by itself (such as
//! "Copy" and "Copied") stands in [`common`].

pub mod access;
pub mod attention;
pub mod bulk;
pub mod changes;
pub mod common;
pub mod communications;
pub mod connection;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod frame;
pub mod inbox;
pub mod key_bulk;
pub mod key_use;
pub mod keys;
pub mod licensing;
pub mod links;
pub mod listing;
pub mod log;
pub mod me;
pub mod message_templates;
pub mod move_in;
pub mod people;
pub mod portal;
pub mod products;
pub mod publish;
pub mod reference;
pub mod reports;
pub mod settings;
pub mod signing;
pub mod stripe;
pub mod subscriptions;
pub mod sweeps;
pub mod tax;
pub mod templates;
pub mod tokens;
pub mod transactions;
pub mod webshops;
