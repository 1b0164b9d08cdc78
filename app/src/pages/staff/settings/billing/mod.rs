//! What is set about money: tax on what is billed offline, and what refunds do to licences.

mod refunds;
mod tax;
mod tax_form;

pub use refunds::RefundsCard;
pub use tax::TaxCard;
