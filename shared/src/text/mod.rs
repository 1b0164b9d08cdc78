//! The words on the screen, one module per area, so that languages can follow.
//!
//! Pages and messages take their sentences from here; what a component needs to say by itself (such as
//! "Copy" and "Copied") stands in [`common`].

pub mod access;
pub mod attention;
pub mod common;
pub mod communications;
pub mod connection;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod frame;
pub mod inbox;
pub mod keys;
pub mod links;
pub mod listing;
pub mod me;
pub mod people;
pub mod portal;
pub mod products;
pub mod reports;
pub mod settings;
pub mod stripe;
pub mod subscriptions;
pub mod sweeps;
pub mod templates;
pub mod transactions;
