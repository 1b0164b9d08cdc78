//! What each method does: from parameters to a domain module, and back to an answer.

pub mod activate;
pub mod ai;
pub mod ai_counts;
pub mod auth;
pub mod change;
pub mod create;
pub mod customer;
pub mod data;
pub mod message;
pub mod paymentform;
pub mod product;
pub mod reseller;
pub mod subscription;
pub mod userauth;
