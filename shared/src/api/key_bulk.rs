//! Many licence keys at once: found, made and changed.

use serde::{Deserialize, Serialize};

use crate::{
    api::keys::AddKey,
    ids::{KeyGlobalId, ProductId},
    time::Timestamp,
    validation,
};

/// Keys that one request makes or changes at most. More take several requests.
pub const MOST_AT_ONCE: usize = 1_000;

/// Which keys: `GET /keys/ids` and `GET /keys/export`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct KeysQuery {
    /// Filter text, as lists take it.
    #[garde(length(chars, max = 2_000))]
    pub filter: String,
    /// Only the keys of this product. Absent: of all.
    #[garde(skip)]
    pub product: Option<i64>,
}

/// All keys that match, the oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyIds {
    pub keys: Vec<KeyGlobalId>,
}

/// Make several keys by hand, all alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddKeys {
    #[garde(range(min = 1, max = 1_000))]
    pub count: i64,
    #[garde(dive)]
    pub key: AddKey,
}

/// A key that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeKey {
    pub global_id: KeyGlobalId,
    /// Numbered per product.
    pub id: i64,
    pub key: String,
    /// Absent: never.
    pub expires: Option<Timestamp>,
}

/// Keys that were made at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysMade {
    pub product: ProductId,
    pub keys: Vec<MadeKey>,
}

/// Block or unblock several keys, or move their expiry on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeKeys {
    #[garde(length(min = 1, max = MOST_AT_ONCE))]
    pub keys: Vec<KeyGlobalId>,
    /// Absent: stays.
    #[garde(skip)]
    #[serde(default)]
    pub blocked: Option<bool>,
    /// Days to extend by; 0: none.
    #[garde(range(min = 0, max = 36_500))]
    #[serde(default)]
    pub extend_days: i64,
    /// Extend those that expire before then. Absent: none.
    #[garde(skip)]
    #[serde(default)]
    pub extend_until: Option<Timestamp>,
    /// Stands in the history.
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}

/// What became of the keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysChanged {
    pub changed: i64,
    /// The others, by why they stayed as they were.
    pub skipped: Vec<SkippedKeys>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedKeys {
    /// A sentence.
    pub why: String,
    /// Their texts.
    pub keys: Vec<String>,
}
