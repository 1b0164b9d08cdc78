//! Sign-in, password reset and own sessions; the same shapes for staff and portal.

use serde::{Deserialize, Serialize};

use crate::{ids::SessionId, password, time::Timestamp, validation};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[garde(custom(validation::email))]
    pub email: String,
    #[garde(length(bytes, min = 1, max = 200))]
    pub password: String,
}

/// Ask for a reset message. Always answered with 202, whether the address is known or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    #[garde(custom(validation::email))]
    pub email: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetConfirm {
    /// From the message.
    #[garde(length(bytes, min = 1, max = 200))]
    pub code: String,
    #[garde(custom(password::acceptable))]
    pub password: String,
}

/// Look at a staff invitation (or the first owner's link) without using it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationCode {
    #[garde(length(bytes, min = 1, max = 200))]
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffInvitation {
    /// Empty for the first owner, who chooses it.
    pub email: String,
    pub name: String,
    pub role: crate::permission::Role,
    pub vendor: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptStaffInvitation {
    #[garde(length(bytes, min = 1, max = 200))]
    pub code: String,
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::email))]
    pub email: String,
    #[garde(custom(password::acceptable))]
    pub password: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    #[garde(length(bytes, min = 1, max = 200))]
    pub current: String,
    #[garde(custom(password::acceptable))]
    pub password: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    #[garde(custom(validation::email))]
    pub email: String,
    /// The current password.
    #[garde(length(bytes, min = 1, max = 200))]
    pub password: String,
}

/// Six digits from a message, for whatever `id` was begun.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProveEmail {
    /// What [`ProofStarted`] named.
    #[garde(length(bytes, min = 1, max = 200))]
    pub id: String,
    /// The six digits.
    #[garde(length(bytes, min = 1, max = 12))]
    pub code: String,
}

/// A message with six digits is on its way, if the address can get one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofStarted {
    pub id: String,
    /// Where it went.
    pub email: String,
    /// When the digits stop working.
    pub expires: Timestamp,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameSelf {
    #[garde(custom(validation::required))]
    pub name: String,
}

/// Somewhere this person is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    pub id: SessionId,
    pub current: bool,
    pub created: Timestamp,
    pub last_seen: Timestamp,
    pub ip: String,
    /// Browser and system in words.
    pub device: String,
}

/// A list that is never long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSessions {
    pub sessions: Vec<OwnSession>,
}
