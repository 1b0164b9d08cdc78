//! Customers as staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    api::{
        common::Actor, keys::KeyRow, links::AssociationLink, subscriptions::SubscriptionRow,
        terms::TermsAcceptance,
    },
    ids::{CustomerId, UserId, WebshopId},
    status::{AccountStatus, Headline},
    time::Timestamp,
    validation,
};

/// A row of the list. Sortable: `id`, `name`, `email`, `company`, `created`. Filterable: those and
/// `status`, `country`, `external_id`, `stripe_id`, `key`, `webshop`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub email: String,
    pub company: String,
    pub headline: Headline,
    pub active_subscriptions: i64,
    pub keys: i64,
    pub created: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub email: String,
    pub company: String,
    pub phone: String,
    pub country: String,
    pub notes: String,
    /// The vendor's own number for this customer.
    pub external_id: String,
    pub account: AccountStatus,
    pub headline: Headline,
    pub allow_activation_management: bool,
    pub allow_multiple_users: bool,
    /// Machines that may use the customer's licences, all taken together; 0: any number.
    pub max_machines: i64,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// Counts up with each change; goes back in [`EditCustomer::version`].
    pub version: i64,
    pub association: AssociationLink,
    pub users: Vec<CustomerUser>,
    pub stripe: Vec<StripeCustomerLink>,
    /// The webshop that they are bound to; absent where there is only one.
    pub webshop: Option<CustomerWebshop>,
    pub subscriptions: Vec<SubscriptionRow>,
    pub keys: Vec<KeyRow>,
    pub acceptances: Vec<TermsAcceptance>,
    /// Newest first, at most 50.
    pub timeline: Vec<TimelineEntry>,
}

/// A sign-in that may act for the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub since: Timestamp,
    pub last_seen: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerWebshop {
    pub id: WebshopId,
    pub name: String,
}

/// The customer's page in Stripe's dashboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeCustomerLink {
    pub account: String,
    pub stripe_id: String,
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    pub at: Timestamp,
    pub actor: Actor,
    /// Stable word, e.g. `customer_created`, `key_issued`, `terms_accepted`.
    pub kind: String,
    /// One sentence.
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddCustomer {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::optional_email))]
    pub email: String,
    #[garde(custom(validation::line))]
    #[serde(default)]
    pub company: String,
    #[garde(custom(validation::line))]
    #[serde(default)]
    pub phone: String,
    /// ISO 3166-1 alpha-2, or empty.
    #[garde(length(chars, max = 2))]
    #[serde(default)]
    pub country: String,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub notes: String,
    #[garde(custom(validation::line))]
    #[serde(default)]
    pub external_id: String,
    /// "Enable customer association": make the personal link.
    #[garde(skip)]
    #[serde(default)]
    pub enable_association: bool,
    #[garde(skip)]
    #[serde(default)]
    pub allow_activation_management: bool,
    #[garde(skip)]
    #[serde(default)]
    pub allow_multiple_users: bool,
    /// As [`Customer::max_machines`].
    #[garde(range(min = 0, max = 1_000_000))]
    #[serde(default)]
    pub max_machines: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditCustomer {
    #[garde(custom(validation::required))]
    pub name: String,
    #[garde(custom(validation::optional_email))]
    pub email: String,
    #[garde(custom(validation::line))]
    pub company: String,
    #[garde(custom(validation::line))]
    pub phone: String,
    #[garde(length(chars, max = 2))]
    pub country: String,
    #[garde(custom(validation::notes))]
    pub notes: String,
    #[garde(custom(validation::line))]
    pub external_id: String,
    #[garde(skip)]
    pub allow_activation_management: bool,
    #[garde(skip)]
    pub allow_multiple_users: bool,
    /// As [`Customer::max_machines`]; absent: as before.
    #[garde(range(min = 0, max = 1_000_000))]
    #[serde(default)]
    pub max_machines: Option<i64>,
    /// 409 when somebody else saved meanwhile.
    #[garde(skip)]
    pub version: i64,
}

/// Disable or enable a customer's access to the portal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAccount {
    #[garde(skip)]
    pub disabled: bool,
    #[garde(custom(validation::notes))]
    #[serde(default)]
    pub reason: String,
}
