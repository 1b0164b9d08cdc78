//! The customers' side: what a signed-in customer sees and does about licences and money.

pub mod billing;
pub mod changes;
pub mod checkouts;
pub mod home;
pub mod licences;
pub mod plans;
