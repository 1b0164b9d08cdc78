//! What staff see.

pub mod attention;
pub mod auth;
pub mod chips;
mod choose_product;
pub mod communications;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod developers;
pub mod keys;
pub mod links;
pub mod listing;
pub mod log;
pub mod me;
pub mod move_in;
pub mod people;
pub mod products;
pub mod reference;
pub mod reports;
pub mod settings;
pub mod show;
pub mod start;
pub mod stripe;
pub mod subscriptions;
mod timeline;
pub mod tokens;
pub mod transactions;
