//! Messages: the mailbox, and one message.

mod content;
mod list;
mod page;
mod state;

pub use list::CommunicationsPage;
pub use page::CommunicationPage;
pub use state::badge as state_badge;
