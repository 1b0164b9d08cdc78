//! Subscriptions: all of them, and one.

mod actions;
mod add;
mod change;
mod fields;
mod list;
mod page;

pub use add::AddSubscriptionPage;
pub use change::{ChangeSubscriptionPage, RenewSubscriptionPage};
pub use list::SubscriptionsPage;
pub use page::SubscriptionPage;
