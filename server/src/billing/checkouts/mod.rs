//! Purchases: begun in the portal, paid at Stripe, finished by themselves.

pub mod by_program;
pub mod converge;
pub mod progress;
pub mod start;
mod trial;

/// The placeholder that the metadata of a subscription hold until its key exists, word for word what vendors
/// know.
pub const PLACEHOLDER: &str = "This parameter will replaced with 'skm_key_id'. If you see this after refreshing the \
                               page, it means no key was created for the customer but they were still charged.";
