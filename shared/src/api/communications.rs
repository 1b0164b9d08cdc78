//! Messages sent to people.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CommunicationId, CustomerId},
    time::Timestamp,
    validation,
};

/// A row of the list. Sortable: `created`. Filterable: `to`, `state`, `kind`, `customer.id`, `created`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommunicationRow {
    pub id: CommunicationId,
    pub customer: Option<CustomerId>,
    pub customer_name: Option<String>,
    pub to: String,
    pub subject: String,
    /// Stable word: `email_proof`, `password_reset`, `association`, `key_issued`, `staff_invitation`, …
    pub kind: String,
    pub state: CommunicationState,
    pub created: Timestamp,
    pub sent: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommunicationState {
    /// Waiting for its turn or its next try.
    Queued,
    /// The mail server took it.
    Sent,
    /// No mail server is set: kept here for staff to read.
    Kept,
    /// Given up after the last try.
    Failed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Communication {
    pub row: CommunicationRow,
    pub text: String,
    /// The HTML part; shown in a sandboxed frame, or not at all.
    pub html: Option<String>,
    pub attempts: i64,
    pub error: Option<String>,
}

/// Write to a customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    #[garde(custom(validation::required))]
    pub subject: String,
    #[garde(length(chars, min = 1, max = 10_000))]
    pub text: String,
}
