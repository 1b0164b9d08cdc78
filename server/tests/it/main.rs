//! Integration tests over HTTP handlers and domain modules, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod util;

mod app_shell;
mod backup;
mod customers;
mod demo;
mod keys;
mod links;
mod people;
mod permissions;
mod products;
mod public_key;
mod search;
mod seed;
mod shop;
mod staff_sign_in;
mod terms;
mod web_api;
