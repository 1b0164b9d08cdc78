//! Integration tests over HTTP handlers and domain modules, on both databases.

mod util;

mod app_shell;
mod customers;
mod links;
mod permissions;
mod terms;
mod staff_sign_in;
mod keys;
mod people;
mod products;
mod public_key;
mod search;
mod shop;
mod backup;
mod demo;
mod seed;
