//! The people working for the vendor.

use serde::{Deserialize, Serialize};

use crate::{ids::StaffId, permission::Role, time::Timestamp, validation};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffList {
    pub staff: Vec<StaffMember>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub state: StaffState,
    pub created: Timestamp,
    pub last_seen: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StaffState {
    /// Invited, no password yet.
    Invited,
    Active,
    Disabled,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteStaff {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::email))]
    pub email: String,
    #[garde(skip)]
    pub role: Role,
}

/// The invitation's link, to hand over where mail does not work; shown once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffInvited {
    pub member: StaffMember,
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditStaff {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(skip)]
    pub role: Role,
    #[garde(skip)]
    pub disabled: bool,
}
