//! Messages: the mailbox, one message, the words that messages have, and reminders.

mod content;
mod list;
mod page;
mod reminders;
mod state;
mod template;
mod templates;

pub use list::CommunicationsPage;
pub use page::CommunicationPage;
pub use reminders::RemindersPage;
pub use state::badge as state_badge;
pub use template::TemplatePage;
pub use templates::TemplatesPage;
