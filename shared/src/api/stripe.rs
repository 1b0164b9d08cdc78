//! Connecting Stripe and the Stripe check page.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ProductId, StripeAccountId},
    money::Money,
    offer::NotOffered,
    time::Timestamp,
    validation,
};

/// Which of several Stripe accounts is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct WhichAccount {
    /// Its number here. Absent: the first one.
    #[garde(skip)]
    pub account: Option<StripeAccountId>,
}

/// The accounts that are connected, and the first one even when it is not. Those after the first were added for
/// webshops of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeAccounts {
    pub accounts: Vec<StripeAccountRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeAccountRow {
    /// Its number here.
    pub number: StripeAccountId,
    /// `acct_…`
    pub id: String,
    pub name: String,
    pub live: bool,
    /// The one that is meant where none is named.
    pub first: bool,
    /// Its key is known.
    pub connected: bool,
}

/// Call an account otherwise than Stripe does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameStripeAccount {
    #[garde(custom(validation::required))]
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeCheck {
    /// Absent until Stripe is connected.
    pub account: Option<StripeAccount>,
    /// When the catalogue was last read.
    pub synced: Option<Timestamp>,
    pub products: Vec<CheckedProduct>,
    pub webhook: WebhookHealth,
    /// What a restricted key may not do although Latchkey needs it.
    pub missing_permissions: Vec<MissingPermission>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeAccount {
    /// Its number here.
    pub number: StripeAccountId,
    /// The one that is meant where none is named.
    pub first: bool,
    /// `acct_…`
    pub id: String,
    pub name: String,
    pub live: bool,
    /// Last four characters of the key.
    pub key_hint: String,
    pub restricted: bool,
    /// Set by flag or environment: cannot be changed here.
    pub fixed: bool,
    pub dashboard_url: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedProduct {
    pub stripe_id: String,
    pub name: String,
    pub url: String,
    pub product: Option<ProductId>,
    pub product_name: Option<String>,
    /// Empty: fine.
    pub problems: Vec<NotOffered>,
    pub prices: Vec<CheckedPrice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedPrice {
    pub stripe_id: String,
    pub name: String,
    pub url: String,
    pub amount: Option<Money>,
    /// `every month`
    pub interval: Option<String>,
    pub offered: bool,
    pub problems: Vec<NotOffered>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookHealth {
    pub endpoint: Option<WebhookEndpoint>,
    pub last_event: Option<LastEvent>,
    /// Stored and not yet worked off.
    pub pending: i64,
    /// Given up.
    pub failed: i64,
    /// What is wrong, in words; empty: healthy.
    pub problems: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WebhookEndpoint {
    pub url: String,
    pub stripe_id: Option<String>,
    pub api_version: Option<String>,
    /// Latchkey made it at Stripe.
    pub provisioned: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastEvent {
    pub kind: String,
    pub created: Timestamp,
    pub received: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingPermission {
    /// As Stripe words it, e.g. `Checkout Sessions: write`.
    pub name: String,
    /// What does not work without it.
    pub needed_for: String,
}

/// Connect an account: the key is tried before it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConnectStripe {
    /// `sk_…` or `rk_…`.
    #[garde(length(bytes, min = 8, max = 300))]
    pub secret_key: String,
    /// Make the webhook endpoint at Stripe too.
    #[garde(skip)]
    pub provision_webhook: bool,
    /// `whsec_…` of an endpoint made by hand.
    #[garde(length(bytes, max = 200))]
    #[serde(default)]
    pub webhook_secret: String,
}

/// What a catalogue sync did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogSynced {
    pub products: i64,
    pub prices: i64,
    pub offered: i64,
}

/// Make a Latchkey product for a Stripe product and write `skm_product_id` back to Stripe.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MapProduct {
    /// Absent: make a new product with the same name.
    #[garde(skip)]
    pub product: Option<ProductId>,
}
