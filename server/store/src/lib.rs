//! Latchkey's database.
//!
//! [`Store`] holds the connections; [`entity`] has one module per table; the other modules hold the queries,
//! one per resource. Every query that reads what belongs to somebody takes an [`Access`], so that whose data
//! it is cannot be forgotten. The same code runs on SQLite and PostgreSQL.

pub mod access;
pub mod database;
pub mod entity;
mod migration;
pub mod page;
pub mod text_match;

pub use access::Access;
pub use database::Store;
