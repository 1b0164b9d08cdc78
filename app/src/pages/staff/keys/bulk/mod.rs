//! What can be done with many keys of a list: block, unblock, extend.

mod actions;
mod extend;

pub use actions::{BulkActions, Target};
