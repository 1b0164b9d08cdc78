//! The vendor's settings.

use serde::{Deserialize, Serialize};

use crate::{
    api::{links::SignUpLink, terms::Terms},
    transaction::RefundThen,
    validation,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    pub company: Company,
    pub logo: Option<String>,
    pub terms: Option<Terms>,
    /// How many customers accepted the terms in force, and how many have still to.
    pub terms_accepted: i64,
    pub terms_outstanding: i64,
    pub sign_up_link: SignUpLink,
    pub mail: MailSettings,
    pub own_licences: OwnLicences,
    pub refunds: Refunds,
    pub public_url: String,
    pub company_page: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Company {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::notes))]
    pub description: String,
    #[garde(custom(validation::domain))]
    pub domain: String,
    /// https URL or empty.
    #[garde(length(chars, max = 200))]
    pub website: String,
    #[garde(custom(validation::optional_email))]
    pub support_email: String,
    /// `#rrggbb`, or absent for Latchkey's own.
    #[garde(inner(custom(validation::hex_colour)))]
    pub accent: Option<String>,
    /// IANA name.
    #[garde(length(chars, min = 1, max = 60))]
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailSettings {
    pub configured: bool,
    /// Set by flag or environment: cannot be changed here.
    pub fixed: bool,
    /// `smtp://user@host:587`, without the password.
    pub server: String,
    pub from: String,
}

/// Set the mail server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetMail {
    /// `smtp://user:password@host:587` (STARTTLS) or `smtps://…`; empty switches mail off.
    #[garde(length(bytes, max = 500))]
    pub url: String,
    /// Sender address.
    #[garde(custom(validation::optional_email))]
    pub from: String,
}

/// What customers may do with their licences themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnLicences {
    /// Every customer may take machines off their keys; otherwise those may whose record says so.
    #[garde(skip)]
    pub remove_machines: bool,
    /// How many keys a customer may have re-issued within a day; 0: none.
    #[garde(range(min = 0, max = 100))]
    pub reissues_per_day: i64,
    /// A re-issued key has the machines of the old one. Otherwise each has to be activated again.
    #[garde(skip)]
    pub reissue_moves_machines: bool,
}

/// What refunds do to licences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refunds {
    /// When all of a payment is given back, or the bank takes it: what is suggested to staff, and done by itself for
    /// what comes from Stripe.
    #[garde(skip)]
    pub full_refund: RefundThen,
}

/// How a test message to oneself went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailTest {
    pub ok: bool,
    pub message: String,
}

/// Switch the sign-up link on or off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetSignUpLink {
    #[garde(skip)]
    pub enabled: bool,
}
