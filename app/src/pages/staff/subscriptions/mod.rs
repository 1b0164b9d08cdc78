//! Subscriptions: all of them, and one.

mod actions;
mod add;
mod change;
mod extras;
mod fields;
mod list;
mod offline;
mod page;

pub use add::AddSubscriptionPage;
pub use change::{ChangeSubscriptionPage, RenewSubscriptionPage};
pub use list::SubscriptionsPage;
pub use page::SubscriptionPage;
