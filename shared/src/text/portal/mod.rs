//! The customers' side: what the vendor's customers read. One module per page or step.

pub mod account;
pub mod billing;
pub mod changes;
pub mod checkout;
pub mod entry;
pub mod home;
pub mod join;
pub mod licences;

pub const SIGN_OUT: &str = "Sign out";

/// Stands where the vendor has not given a name yet.
pub const NAMELESS_VENDOR: &str = "Customer portal";
