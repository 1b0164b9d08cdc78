//! Licence keys: all of them, and one.

mod activity;
mod associate;
mod block;
mod boxes;
mod bulk;
mod details;
mod edit;
mod features;
mod history;
mod limits;
mod list;
mod machine_rows;
mod machines;
mod named;
mod objects;
mod page;
mod picker;
mod reissue;
mod rows;
mod ticking;
pub mod zone;

pub use boxes::feature_boxes;
pub use list::KeysPage;
pub use page::KeyPage;
pub use picker::{CustomerPicker, KeyPicker, Picked};
pub use rows::{product_key_columns, product_key_row};
pub use ticking::ticking;
pub use zone::end_of_day;
