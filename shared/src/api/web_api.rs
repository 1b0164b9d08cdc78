//! The licence Web API as staff see and steer it.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CustomerId, KeyGlobalId, ProductId, TokenId},
    time::Timestamp,
    words::word_enum,
};

/// A call (`GET /api-log`). Sortable: `at`. Filterable: `at`, `method`, `succeeded`, `status`, `message`, `token`,
/// `product.id`, `key.global_id`, `key`, `machine`, `ip`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiCall {
    pub id: i64,
    pub at: Timestamp,
    /// `key/Activate`
    pub method: String,
    pub token: Option<TokenId>,
    pub token_name: Option<String>,
    pub product: Option<ProductId>,
    pub key: Option<KeyGlobalId>,
    pub key_text: Option<String>,
    /// Whose key it is now.
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub machine: String,
    /// What the program called the machine.
    pub friendly_name: String,
    pub ip: String,
    pub succeeded: bool,
    /// Of HTTP.
    pub status: i64,
    /// Why it was refused; empty after a success.
    pub message: String,
}

/// The latest calls for a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyActivity {
    pub calls: Vec<ApiCall>,
}

word_enum! {
    /// Which HTTP status refusals of the licence Web API have.
    pub enum RefusalStatus {
        /// 400 where a published client needs it, otherwise 200.
        Mixed = "mixed", "As published clients need it";
        /// Always 200: clients for Java lose the message of anything else.
        Ok = "ok", "Always 200";
        Error = "error", "Always 400";
    }
}

/// How the licence Web API behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WebApiSettings {
    /// Whether GET is taken, which puts tokens into addresses.
    #[garde(skip)]
    pub get: bool,
    #[garde(skip)]
    pub refusal_status: RefusalStatus,
    /// How long the log is kept.
    #[garde(range(min = 1, max = 3_650))]
    pub log_days: i64,
    /// How long events are kept that programs report.
    #[garde(range(min = 1, max = 3_650))]
    #[serde(default = "a_year_and_a_bit")]
    pub event_days: i64,
}

/// What whoever does not know of events means.
const fn a_year_and_a_bit() -> i64 {
    400
}

/// A machine that a key was activated on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Machine {
    pub id: i64,
    pub machine_code: String,
    pub friendly_name: String,
    pub ip: String,
    pub os_info: String,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// Of a floating seat: when it is free unless renewed.
    pub lease_until: Option<Timestamp>,
    /// A floating seat beyond the machine limit.
    pub overdraft: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Machines {
    pub machines: Vec<Machine>,
}

/// What a product says about its licences beside the features' names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProductLicensing {
    /// An hourly run blocks keys that have expired.
    #[garde(skip)]
    pub blocks_expired: bool,
    /// JSON: the tree of named features that keys may have (`cryptolens_featuretemplate`); empty: none.
    #[garde(length(chars, max = 10_000))]
    pub feature_template: String,
}

/// Parameters for new keys under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceTemplate {
    pub id: i64,
    pub product: ProductId,
    pub name: String,
    /// JSON of `CreateKey` parameters.
    pub params: String,
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LicenceTemplates {
    pub templates: Vec<LicenceTemplate>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddTemplate {
    #[garde(length(chars, min = 1, max = 100))]
    pub name: String,
    #[garde(length(chars, max = 500))]
    pub params: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditTemplate {
    #[garde(length(chars, min = 1, max = 100))]
    pub name: String,
    #[garde(length(chars, max = 500))]
    pub params: String,
    #[garde(skip)]
    pub version: i64,
}

/// Make several keys by hand, all alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddKeys {
    #[garde(range(min = 1, max = 1_000))]
    pub count: i64,
    #[garde(dive)]
    pub key: crate::api::keys::AddKey,
}

/// Block or unblock several keys, or move their expiry on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeKeys {
    #[garde(length(min = 1, max = 1_000))]
    pub keys: Vec<KeyGlobalId>,
    /// Absent: stays.
    #[garde(skip)]
    #[serde(default)]
    pub blocked: Option<bool>,
    /// Days to extend by; 0: none.
    #[garde(range(min = 0, max = 36_500))]
    #[serde(default)]
    pub extend_days: i64,
}

/// How many keys were changed; the others were so already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysChanged {
    pub changed: i64,
}

/// Keys that were made at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysMade {
    pub keys: Vec<String>,
}
