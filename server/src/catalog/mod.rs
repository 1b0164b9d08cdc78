//! What is sold: products and their plans.

pub mod mapping;
pub mod offers;
pub mod plan_names;
pub mod products;
pub mod publish;
pub mod stripe_check;
pub mod stripe_sync;
pub mod view;
