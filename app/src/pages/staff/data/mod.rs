//! Data objects of the vendor, of products and of licence keys.

mod form;
mod page;
mod remove;
mod reserved;
mod rows;

pub use page::DataPage;
