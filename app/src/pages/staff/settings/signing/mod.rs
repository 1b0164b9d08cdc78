//! The key pairs that sign licences.

mod export;
mod import;
mod make;
mod pair;
mod retire;
mod section;

pub use section::SigningSection;
