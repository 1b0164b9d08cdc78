//! The dashboard and the command palette.

use serde::{Deserialize, Serialize};

use crate::{
    api::{communications::CommunicationRow, customers::CustomerRow},
    time::Timestamp,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    pub as_of: Timestamp,
    pub counts: Counts,
    /// The last 30 days in the vendor's time zone, oldest first.
    pub new_customers: Vec<DayCount>,
    pub active_subscriptions: Vec<DayCount>,
    /// What is left to set up, on a fresh installation.
    pub checklist: Checklist,
    pub latest_customers: Vec<CustomerRow>,
    /// Empty for roles that may not read them.
    pub latest_messages: Vec<CommunicationRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    pub customers: i64,
    pub new_customers_30_days: i64,
    pub active_subscriptions: i64,
    pub active_keys: i64,
    /// Renewals due within 7 days.
    pub renewals_7_days: i64,
    pub past_due: i64,
    pub attention: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCount {
    /// `2026-11-21`
    pub day: String,
    pub count: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checklist {
    pub company: bool,
    pub stripe: bool,
    pub product: bool,
    pub terms: bool,
    pub mail: bool,
    pub link_shared: bool,
}

impl Checklist {
    /// Whether the dashboard shows numbers instead of the checklist.
    pub fn essentials_done(&self) -> bool {
        self.stripe && self.product
    }
}

/// `GET /search?q=`: what the command palette finds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResults {
    pub hits: Vec<SearchHit>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    pub kind: HitKind,
    /// Name, key text or subscription.
    pub title: String,
    pub detail: String,
    /// Path in the page app.
    pub href: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    Customer,
    Key,
    Subscription,
    Product,
}
