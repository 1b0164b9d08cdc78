//! How the business stands; on a fresh installation, what is left to set up.

mod charts;
mod checklist;
mod latest;
mod page;
mod tiles;

pub use page::*;
