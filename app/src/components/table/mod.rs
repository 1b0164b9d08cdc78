//! Lists. The server filters, sorts and pages; the table draws, and says what a person asked for.

mod select;
mod selection;
mod shape;
mod view;

pub use selection::*;
pub use shape::*;
pub use view::*;
