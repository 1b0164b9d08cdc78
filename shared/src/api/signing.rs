//! The key pairs that sign licences.

use serde::{Deserialize, Serialize};

use crate::{ids::ProductId, time::Timestamp, validation};

/// A key pair that signs licences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SigningKey {
    pub id: i64,
    pub name: String,
    pub public_xml: String,
    pub public_pem: String,
    /// No product may name it any more.
    pub retired: bool,
    pub created: Timestamp,
    /// How many products name it.
    pub products: i64,
    /// The first of them by name.
    pub used_by: Vec<SigningProduct>,
    /// New products name it.
    pub is_default: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SigningProduct {
    pub id: ProductId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SigningKeys {
    pub signing_keys: Vec<SigningKey>,
}

/// Make a key pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddSigningKey {
    #[garde(custom(validation::required))]
    pub name: String,
}

/// Bring a key pair along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportSigningKey {
    #[garde(custom(validation::required))]
    pub name: String,
    /// PEM of PKCS#8 or PKCS#1, not encrypted.
    #[garde(length(chars, min = 1, max = 10_000))]
    pub private_pem: String,
}

/// The private half of a pair. Whoever has it can make licences that programs believe.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSigningKey {
    /// PKCS#8.
    pub private_pem: String,
}

/// Retire a key pair, or take that back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RetireSigningKey {
    #[garde(skip)]
    pub retired: bool,
}
