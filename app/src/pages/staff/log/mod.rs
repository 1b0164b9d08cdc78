//! The log of the licence Web API.

mod details;
mod page;
mod result;

pub use page::LogPage;
