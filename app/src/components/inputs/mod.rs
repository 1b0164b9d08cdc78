//! The controls of a form, each with its label, help and error.

mod checkbox;
mod choice;
mod colour;
mod date;
mod file;
mod number;
mod password;
mod text;
mod textarea;

pub use checkbox::*;
pub use choice::*;
pub use colour::*;
pub use date::*;
pub use file::*;
pub use number::*;
pub use password::*;
pub use text::*;
pub use textarea::*;
