//! `GET /api/v1/session`: all that the page app needs to draw its first screen, for anybody.

use serde::{Deserialize, Serialize};

use crate::{
    api::terms::Terms,
    ids::{CustomerId, StaffId, UserId},
    permission::{Permission, Role},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    pub vendor: PublicVendor,
    /// The signed-in staff member, by the staff cookie.
    pub staff: Option<StaffSession>,
    /// The signed-in portal user, by the portal cookie.
    pub portal: Option<PortalSession>,
    pub environment: Environment,
    /// No owner exists yet; the server printed the link that makes one.
    pub setup_required: bool,
}

/// What anybody may know of the vendor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicVendor {
    /// Empty until set.
    pub name: String,
    pub description: String,
    /// The `{domain}` of portal links.
    pub domain: String,
    /// `#rrggbb`, where the vendor chose one.
    pub accent: Option<String>,
    /// Path of the uploaded logo, with a version in its query.
    pub logo: Option<String>,
    pub support_email: Option<String>,
    pub website: Option<String>,
    /// IANA name, e.g. `Europe/Berlin`.
    pub time_zone: String,
}

/// The badge in the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// `latchkey demo`.
    Demo,
    /// A Stripe test key, or none.
    Test,
    Live,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSession {
    pub id: StaffId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub permissions: Vec<Permission>,
    /// Open rows of "Needs attention", for the menu badge.
    pub attention: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSession {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// The customers this user may act for; more than one gets a switcher.
    pub customers: Vec<CustomerChoice>,
    /// The chosen one.
    pub customer: Option<CustomerId>,
    /// Terms to accept before anything else; the server answers `terms_required` until then.
    pub terms_required: Option<Terms>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerChoice {
    pub id: CustomerId,
    pub name: String,
}
