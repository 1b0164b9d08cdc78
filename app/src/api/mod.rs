//! The one way to the server. A function per endpoint, in a module per resource, describes a [`Call`]; [`load`] keeps
//! what a page shows, [`use_sender`] sends what a form or a button changes.
//!
//! ```ignore
//! let customers = load(move || api::customers::list(&query.get()));
//! let saving = use_sender();
//! saving.submit(errors, api::customers::add(&form), move |customer| …);
//! ```

mod call;
mod check;
mod engine;
mod fetch;
mod json;
mod kept;
mod load;
mod problem;
mod send;
mod url;

pub mod attention;
pub mod changes;
pub mod communications;
pub mod customers;
pub mod dashboard;
pub mod data;
pub mod keys;
pub mod me;
pub mod message_templates;
pub mod move_in;
pub mod portal;
pub mod portal_access;
pub mod products;
pub mod reference;
pub mod reports;
pub mod session;
pub mod settings;
pub mod sign_up_link;
pub mod signing;
pub mod staff;
pub mod staff_access;
pub mod stripe;
pub mod subscriptions;
pub mod tax;
pub mod tokens;
pub mod transactions;
pub mod web_api;
pub mod webshops;

pub use call::*;
pub use check::*;
pub use fetch::{Refusal, ask_again, on_refusal};
pub use kept::Shown;
pub use load::*;
pub use problem::*;
pub use send::*;
pub use url::*;
