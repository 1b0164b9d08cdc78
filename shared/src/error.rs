//! The one shape of an error answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `{"error": {…}}`: what every surface but the licence wire answers when something went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    pub error: ApiError,
}

/// What happened and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiError {
    /// Stable, `snake_case`; programs may compare it.
    pub code: String,
    /// For a person: what happened and what to do.
    pub message: String,
    /// Field name (dotted path) to message, for errors that belong to a form field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Names the request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// Error codes that the page app acts upon.
pub mod code {
    /// 401: no valid session.
    pub const UNAUTHENTICATED: &str = "unauthenticated";
    /// 403: the role lacks the permission.
    pub const FORBIDDEN: &str = "forbidden";
    /// 403: the customer must accept the terms first.
    pub const TERMS_REQUIRED: &str = "terms_required";
    /// 409: the user has no customer chosen.
    pub const NO_CUSTOMER: &str = "no_customer";
    /// 404: no such thing, or another's.
    pub const NOT_FOUND: &str = "not_found";
    /// 422: field errors.
    pub const INVALID: &str = "invalid";
    /// 429: too many tries.
    pub const TOO_MANY: &str = "too_many_attempts";
    /// 404: an invitation that cannot be used, without saying why.
    pub const LINK_UNUSABLE: &str = "link_unusable";
    /// 409: the terms accepted are not those in force any more.
    pub const TERMS_CHANGED: &str = "terms_changed";
    /// 409: the address has a sign-in already; sign in to attach.
    pub const SIGN_IN_INSTEAD: &str = "sign_in_instead";
}
