//! Licence keys: all of them, and one.

mod associate;
mod block;
mod details;
mod edit;
mod features;
mod limits;
mod list;
mod page;
mod picker;
mod rows;
mod zone;

pub use list::KeysPage;
pub use page::KeyPage;
pub use picker::{CustomerPicker, Picked};
pub use rows::{product_key_columns, product_key_row};
