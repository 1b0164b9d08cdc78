//! “Needs attention”: what waits for a person, and the buttons that end it.

mod actions;
mod deciding;
mod empty;
mod entry;
mod groups;
mod issue;
mod link;
mod page;
mod short;
mod table;

pub use entry::EntryPage;
pub use page::AttentionPage;
pub use short::{load_open, open_entries};
