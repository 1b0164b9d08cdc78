//! The one table of methods, a file per group.

pub mod ai;
pub mod auth;
pub mod customer;
pub mod data;
pub mod key;
pub mod key_change;
pub mod key_create;
pub mod message;
pub mod paymentform;
pub mod product;
pub mod reseller;
pub mod subscription;
pub mod userauth;

use super::Method;

/// The groups, in lower case.
pub const GROUPS: &[&str] = &[
    "key",
    "product",
    "customer",
    "data",
    "message",
    "auth",
    "userauth",
    "reseller",
    "subscription",
    "paymentform",
    "ai",
];

/// Every method, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static Method> {
    [
        key::METHODS,
        key_create::METHODS,
        key_change::METHODS,
        product::METHODS,
        customer::METHODS,
        data::METHODS,
        message::METHODS,
        auth::METHODS,
        userauth::METHODS,
        reseller::METHODS,
        subscription::METHODS,
        paymentform::METHODS,
        ai::METHODS,
    ]
    .into_iter()
    .flatten()
}
