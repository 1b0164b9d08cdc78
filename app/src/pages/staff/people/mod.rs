//! The people working for the vendor.

mod change;
mod disable;
mod invite;
mod link;
mod page;
mod words;

pub use page::StaffPage;
