//! The inbox of Stripe's events, and the endpoints they arrive at.

use serde::{Deserialize, Serialize};

use crate::{api::common::ListQuery, ids::StripeAccountId, inbox::EventStatus, time::Timestamp};

/// A row of the list, the newest first. Filterable: `kind`, `status`, `stripe_id`, `customer`, `subscription`,
/// `received`; a bare word is an id or a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeEventRow {
    /// `evt_…`
    pub id: String,
    /// The type, such as `invoice.paid`.
    pub kind: String,
    pub status: EventStatus,
    /// The object it is about.
    pub object: Option<String>,
    /// `cus_…`
    pub customer: Option<String>,
    /// `sub_…`
    pub subscription: Option<String>,
    /// How often it was handed over.
    pub attempts: i64,
    /// Why what it signals could not be fetched.
    pub error: Option<String>,
    /// When it happened at Stripe.
    pub created: Timestamp,
    pub received: Timestamp,
}

/// The query of the list: that of every list, and whose events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct StripeEventQuery {
    /// A Stripe account's number here. Absent: the first one.
    #[garde(skip)]
    pub account: Option<StripeAccountId>,
    /// Filter text: the filter language, or a bare word or number to search for.
    #[garde(length(chars, max = 2_000))]
    pub filter: String,
    /// A column name, `-` before it for descending.
    #[garde(length(chars, max = 40))]
    pub sort: String,
    /// From the page before.
    #[garde(length(bytes, max = 1_000))]
    pub cursor: String,
    /// Rows per page: 1 to 100; 0 means 25.
    #[garde(range(max = 100))]
    pub limit: u32,
}

impl StripeEventQuery {
    /// The part that every list has.
    pub fn list(self) -> ListQuery {
        ListQuery { filter: self.filter, sort: self.sort, cursor: self.cursor, limit: self.limit }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeEvent {
    pub row: StripeEventRow,
    pub api_version: Option<String>,
    pub live: bool,
    /// What it came to, in words.
    pub outcome: String,
    /// When it is looked at again, while it waits.
    pub next_try: Option<Timestamp>,
    /// As it arrived, laid out for reading.
    pub payload: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeEndpoints {
    pub endpoints: Vec<StripeEndpoint>,
}

/// An address that Stripe delivers events to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StripeEndpoint {
    pub id: i64,
    /// What to enter at Stripe.
    pub url: String,
    /// Latchkey's own for the account; that of the first account answers the short addresses too.
    pub default: bool,
    /// `we_…` where Latchkey made it at Stripe.
    pub stripe_id: Option<String>,
    pub api_version: Option<String>,
    /// How many signing secrets are accepted: none until one is entered, two after a secret was rolled.
    pub secrets: i64,
    /// When the current one was entered or made; absent where there is none, or where it was set at start.
    pub secret_since: Option<Timestamp>,
    pub last_received: Option<Timestamp>,
}

/// Enter the signing secret of an endpoint. The one before stays good beside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetEndpointSecret {
    /// `whsec_…`
    #[garde(length(bytes, min = 8, max = 200))]
    pub secret: String,
}
