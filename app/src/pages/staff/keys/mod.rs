//! Licence keys: all of them, and one.

mod associate;
mod block;
mod boxes;
mod details;
mod edit;
mod features;
mod limits;
mod list;
mod page;
mod picker;
mod rows;
pub mod zone;

pub use boxes::feature_boxes;
pub use list::KeysPage;
pub use page::KeyPage;
pub use picker::{CustomerPicker, KeyPicker, Picked};
pub use rows::{product_key_columns, product_key_row};
pub use zone::end_of_day;
