//! Lists. The server filters, sorts and pages; the table draws, and says what a person asked for.

mod select;
mod shape;
mod view;

pub use shape::*;
pub use view::*;
