//! Reports: charts with a table behind each, and files.

mod charts;
mod figures;
mod page;
mod tiles;

pub use page::ReportsPage;
