//! HTTP: extractors, answers, and one module per resource under `/api/v1`.

pub mod address;
pub mod caller;
pub mod cookies;
pub mod etag;
pub mod health;
pub mod json;
pub mod pages;
pub mod request_id;
pub mod security;

pub mod communications;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod key_bulk;
pub mod key_use;
pub mod keys;
pub mod licensing;
pub mod me;
pub mod people;
pub mod portal;
pub mod portal_account;
pub mod portal_links;
pub mod portal_sign_in;
pub mod products;
pub mod search;
pub mod session;
pub mod settings;
pub mod sign_up_link;
pub mod staff_sign_in;
pub mod stripe;
pub mod subscriptions;
pub mod tokens;
pub mod web_api;
pub mod webhooks;
