//! What staff see.

pub mod attention;
pub mod auth;
pub mod communications;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod keys;
pub mod links;
pub mod listing;
pub mod me;
pub mod people;
pub mod products;
pub mod reports;
pub mod settings;
pub mod show;
pub mod start;
pub mod stripe;
pub mod subscriptions;
pub mod templates;
pub mod transactions;
