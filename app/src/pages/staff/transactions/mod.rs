//! The customers' history: all of it, one entry, and giving payments back.

mod list;
mod page;
mod refund;
mod rows;

pub use list::TransactionsPage;
pub use page::TransactionPage;
pub use rows::{columns, row, row_of_customer};
