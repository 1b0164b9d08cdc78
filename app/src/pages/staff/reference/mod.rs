//! The API reference, drawn from the document that the server gives out.

mod document;
mod fields;
mod list;
mod method;
mod page;
mod schema;
mod start;
mod try_it;

pub use page::ReferencePage;
