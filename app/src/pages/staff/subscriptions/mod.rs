//! Subscriptions: all of them, and one.

mod list;
mod page;

pub use list::SubscriptionsPage;
pub use page::SubscriptionPage;
