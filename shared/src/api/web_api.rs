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
    /// When this was so, by the server's clock: leases end by it.
    pub now: Timestamp,
    pub machines: Vec<Machine>,
}
