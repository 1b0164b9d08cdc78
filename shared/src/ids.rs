//! Typed integer ids, so that a customer's id cannot be passed where a product's is meant.
//!
//! On the wire and on the screen they are plain integers.

use serde::{Deserialize, Serialize};

macro_rules! integer_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }
    )*};
}

integer_ids! {
    /// A buyer; what Stripe carries as `skm_customer_id`.
    CustomerId,
    /// A sign-in identity on the customers' side.
    UserId,
    /// A person working for the vendor.
    StaffId,
    /// A product.
    ProductId,
    /// A plan of a product.
    PlanId,
    /// A rate of tax on what is billed offline.
    TaxRateId,
    /// A customer's contract.
    SubscriptionId,
    /// A licence key across the installation; what Stripe carries as `skm_key_globalid`.
    KeyGlobalId,
    /// An entry in a customer's history.
    TransactionId,
    /// A message sent to somebody.
    CommunicationId,
    /// A data object.
    DataObjectId,
    /// A connected Stripe account.
    StripeAccountId,
    /// A shopping cart: what is sold to whom through which account.
    WebshopId,
    /// One person's sign-in on one device.
    SessionId,
    /// An access token.
    TokenId,
}
