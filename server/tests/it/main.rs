//! Integration tests over HTTP handlers and domain modules, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod util;

mod app_shell;
mod backup;
mod bad_input;
mod changes;
mod check;
mod command_line;
mod cookies;
mod customer_filters;
mod customers;
mod demo;
mod keys;
mod limits;
mod links;
mod mail;
mod moving_in;
mod origins;
mod people;
mod permissions;
mod products;
mod public_key;
mod search;
mod seed;
mod serving;
mod sessions;
mod shop;
mod staff_sign_in;
mod terms;
mod transactions;
mod transfer;
mod web_api;
