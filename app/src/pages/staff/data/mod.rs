//! Data objects of the vendor, of products and of licence keys.

mod form;
mod page;
mod remove;
mod reserved;
mod rows;

pub use form::{Asked, ObjectDialog};
pub use page::DataPage;
pub use remove::RemoveDialog;
pub use rows::{columns, row};
