//! The shells, filled with what the session says.

mod palette;
mod portal;
mod staff;

pub use portal::*;
pub use staff::*;
