//! Access tokens of programs.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{KeyGlobalId, ProductId, TokenId},
    time::Timestamp,
    validation,
};

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    /// What it may do; `*` is everything.
    pub scopes: Vec<String>,
    /// Works only for this product.
    pub product_lock: Option<ProductId>,
    /// Works only for this key; -1: only for being exchanged for a token of a single key.
    pub key_lock: Option<KeyGlobalId>,
    /// Days of trial keys and steps of counters at most.
    pub feature_lock: Option<i64>,
    pub created: Timestamp,
    pub expires: Option<Timestamp>,
    pub last_used: Option<Timestamp>,
    pub revoked: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// Those in force first, the newest first.
    pub tokens: Vec<Token>,
}

/// Make a token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddToken {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(length(min = 1, max = 200), inner(length(chars, min = 1, max = 60)))]
    pub scopes: Vec<String>,
    #[garde(skip)]
    #[serde(default)]
    pub product_lock: Option<ProductId>,
    #[garde(skip)]
    #[serde(default)]
    pub key_lock: Option<KeyGlobalId>,
    #[garde(inner(range(min = 1, max = 2_147_483_647)))]
    #[serde(default)]
    pub feature_lock: Option<i64>,
    #[garde(skip)]
    #[serde(default)]
    pub expires: Option<Timestamp>,
}

/// A new token with what programs carry; it is never shown again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    pub id: TokenId,
    pub token: String,
}

/// A scope of the licence Web API, and what it opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scope {
    pub name: String,
    pub methods: Vec<ScopeMethod>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeMethod {
    /// `key/Activate`
    pub path: String,
    /// One sentence.
    pub about: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scopes {
    pub scopes: Vec<Scope>,
}
