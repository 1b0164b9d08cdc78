//! Reports: charts with a table behind each, and files.

mod charts;
mod page;
mod tables;

pub use page::ReportsPage;
