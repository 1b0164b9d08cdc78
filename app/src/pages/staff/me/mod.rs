//! A staff member's own account.

mod page;
mod password;
mod sessions;

pub use page::MePage;
