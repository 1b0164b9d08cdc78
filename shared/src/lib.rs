//! What the server and the page app agree on.
//!
//! This crate builds for both targets and depends on neither an async runtime nor the DOM. It is the only
//! place for a rule that both sides need: [`api`] holds the JSON shapes, [`permission`] what a role may do,
//! [`validation`] what may be typed into a form, [`filter`] the language of the lists.

pub mod api;
pub mod attention;
pub mod brand;
pub mod change;
pub mod csv;
pub mod error;
pub mod feature_tree;
pub mod field_words;
pub mod filter;
pub mod ids;
pub mod inbox;
pub mod key_text;
pub mod message_template;
pub mod money;
pub mod offer;
pub mod password;
pub mod permission;
pub mod product_kind;
pub mod reconcile;
pub mod reminder;
pub mod status;
pub mod terms_url;
pub mod text;
pub mod time;
pub mod transaction;
pub mod validation;
mod words;
