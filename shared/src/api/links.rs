//! The sign-up link, association links, and what happens to somebody who opens one.

use serde::{Deserialize, Serialize};

use crate::{
    api::{
        common::QrCode,
        session::PublicVendor,
        terms::{AcceptTerms, Terms},
    },
    ids::CustomerId,
    password,
    time::Timestamp,
    validation,
};

/// Staff's view of the generic sign-up link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignUpLink {
    pub enabled: bool,
    /// Whole URL and its QR code; absent while switched off.
    pub url: Option<String>,
    pub qr: Option<QrCode>,
    /// Why sign-up does not work although it is switched on (no mail server: addresses cannot be proved).
    pub blocked: Option<String>,
    pub rotated: Option<Timestamp>,
    /// Sign-ups through the link so far.
    pub sign_ups: i64,
}

/// Staff's view of a customer's association link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssociationLink {
    pub state: AssociationState,
    /// Whole URL and its QR code, while it works.
    pub url: Option<String>,
    pub qr: Option<QrCode>,
    pub created: Option<Timestamp>,
    pub used: Option<AssociationUse>,
    /// When it was last sent by e-mail.
    pub sent: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssociationState {
    /// "Enable customer association" is not ticked.
    Off,
    /// Works, not used yet.
    Open,
    Used,
    Revoked,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssociationUse {
    pub at: Timestamp,
    /// E-mail of the account that used it.
    pub by: String,
}

/// The parts of a link, as they stand in the address bar. Exactly one of `id` and `vid` is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkCode {
    #[garde(length(bytes, max = 253))]
    pub domain: String,
    /// Customer of an association link.
    #[garde(skip)]
    pub id: Option<i64>,
    /// Vendor of the sign-up link.
    #[garde(skip)]
    pub vid: Option<i64>,
    #[garde(length(bytes, max = 200))]
    pub auth: String,
}

/// Who invites: what a working link shows. Reading it changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    pub vendor: PublicVendor,
    pub kind: InvitationKind,
    /// The customer's name, for a personal link.
    pub customer: Option<String>,
    /// The customer's address, for a personal link: fixed.
    pub email: Option<String>,
    pub terms: Option<Terms>,
    /// The address somebody is signed in with already: they only confirm.
    pub signed_in_as: Option<String>,
    /// The signed-in account already belongs to this customer.
    pub already_associated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    /// Association link of one customer.
    Personal,
    /// The sign-up link.
    Generic,
}

/// Use a link. With a portal session, name, e-mail and password stay empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UseLink {
    #[garde(dive)]
    pub link: LinkCode,
    #[garde(custom(validation::line))]
    pub name: String,
    #[garde(custom(validation::optional_email))]
    pub email: String,
    #[garde(custom(password::acceptable_or_empty))]
    pub password: String,
    /// Required where the invitation shows terms.
    #[garde(dive)]
    pub accept: Option<AcceptTerms>,
}

/// What using a link came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LinkUsed {
    /// Signed in; the session cookie is set.
    Done { customer: CustomerId },
    /// Prove the address first: `POST /api/v1/portal/sign-up/prove`.
    Prove { proof: crate::api::auth::ProofStarted },
}
