use crate::{API_VERSION, Metadata};
use serde::Serialize;
use std::collections::BTreeMap;

/// A new webhook endpoint. It keeps the pinned version for as long as it exists.
#[derive(Debug, Clone, Serialize)]
pub struct CreateWebhookEndpoint {
    /// Where events go.
    pub url: String,
    /// Which ones.
    pub enabled_events: Vec<String>,
    /// The version objects are rendered in.
    pub api_version: String,
    /// Note for staff.
    pub description: Option<String>,
    /// The endpoint's own metadata.
    pub metadata: Metadata,
}

impl CreateWebhookEndpoint {
    /// An endpoint with the pinned version.
    pub fn new(url: &str, enabled_events: &[&str]) -> Self {
        Self {
            url: url.to_owned(),
            enabled_events: enabled_events.iter().map(|&name| name.to_owned()).collect(),
            api_version: API_VERSION.to_owned(),
            description: None,
            metadata: Metadata::new(),
        }
    }
}

/// Changes to a webhook endpoint.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdateWebhookEndpoint {
    /// Where events go.
    pub url: Option<String>,
    /// Which ones; replaces the list.
    pub enabled_events: Vec<String>,
    /// Switches it off or on again.
    pub disabled: Option<bool>,
    /// Merged into what is there; an empty value removes its key.
    pub metadata: Metadata,
}

/// Usage to report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MeterEventParams {
    /// The meter's event name.
    pub event_name: String,
    /// What makes it unique for 24 hours.
    pub identifier: Option<String>,
    /// When it was used, seconds since 1970; now when `None`.
    pub timestamp: Option<i64>,
    /// `stripe_customer_id` and `value`, unless the meter names them otherwise.
    pub payload: BTreeMap<String, String>,
}
