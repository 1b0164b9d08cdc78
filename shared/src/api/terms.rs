//! The vendor's terms of use and who accepted them.

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, time::Timestamp};

/// The terms in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Terms {
    /// https only.
    pub url: String,
    /// A new URL without a label gets its date.
    pub version: String,
}

/// Set or change the terms; an empty URL removes them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetTerms {
    #[garde(length(bytes, max = 2_000), custom(url_or_empty))]
    pub url: String,
    /// Empty: today's date.
    #[garde(length(chars, max = 60))]
    pub version: String,
}

// The form of a rule is garde's.
#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn url_or_empty(value: &str, (): &()) -> garde::Result {
    if value.trim().is_empty() {
        return Ok(());
    }
    crate::terms_url::check(value.trim()).map_err(|problem| garde::Error::new(problem.to_string()))
}

/// "I accept these": both as the server showed them, so that terms changed meanwhile are asked again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptTerms {
    #[garde(length(bytes, max = 2_000))]
    pub url: String,
    #[garde(length(chars, max = 60))]
    pub version: String,
}

/// A recorded acceptance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TermsAcceptance {
    pub user: UserId,
    pub user_email: String,
    /// `vendor`, or the webshop's name.
    pub scope: String,
    pub url: String,
    pub version: String,
    pub accepted: Timestamp,
    pub ip: String,
    pub user_agent: String,
    /// Whether these are the terms in force now.
    pub current: bool,
}
