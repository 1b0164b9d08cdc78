//! One customer: a head, tabs with an address each, and a narrow column beside them.

mod account;
mod edit;
mod head;
mod history;
mod keys;
mod messages;
mod overview;
mod page;
mod steering;
mod subscriptions;
mod terms;
mod transactions;

pub use page::CustomerPage;
