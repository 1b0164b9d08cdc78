//! Customers: all of them, a new one, one.

mod aside;
mod detail;
mod fields;
mod list;
mod new;

pub use detail::CustomerPage;
pub use list::{CustomersPage, headline_badge};
pub use new::NewCustomerPage;
