//! Staff getting in.

mod forgot;
mod reset;
mod sign_in;
mod unusable;
mod welcome;

pub use forgot::*;
pub use reset::*;
pub use sign_in::*;
pub use welcome::*;
