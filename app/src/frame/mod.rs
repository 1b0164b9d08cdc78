//! The shells, filled with what the session says.

mod palette;
mod portal;
mod sign_in;
mod staff;

pub use portal::*;
pub use sign_in::*;
pub use staff::*;
