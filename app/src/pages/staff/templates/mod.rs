//! Messages in the vendor's own words, and reminders.

mod edit;
mod list;
mod reminders;

pub use edit::TemplatePage;
pub use list::TemplatesPage;
