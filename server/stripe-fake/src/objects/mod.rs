//! Objects in the shape of the pinned version, one file per resource. What nobody asked for is present
//! as `null`, as Stripe does it.

pub(crate) mod account;
pub(crate) mod catalog;
pub(crate) mod checkout;
pub(crate) mod customer;
pub(crate) mod discount;
pub(crate) mod event;
pub(crate) mod invoice;
pub(crate) mod old_shape;
pub(crate) mod payment;
pub(crate) mod portal;
pub(crate) mod subscription;
