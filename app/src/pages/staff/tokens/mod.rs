//! Access tokens: the list, a new one, and a new one shown this once.

mod details;
mod form;
mod list;
mod made;
mod new;
mod revoke;
mod sample;
mod scopes;
mod state;

pub use list::TokensPage;
pub use new::NewTokenPage;
