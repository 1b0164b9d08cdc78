use super::Metadata;
use crate::{
    Listed,
    tolerant::{identified, tolerant_object},
};

tolerant_object! {
    /// Where Stripe sends events.
    WebhookEndpoint {
        /// `we_…`
        id: String,
        /// The address.
        url: String,
        /// `enabled` or `disabled`. Stripe disables an endpoint that failed for days.
        status: String,
        /// Which events are sent.
        enabled_events: Vec<String>,
        /// The version objects are rendered in.
        api_version: Option<String>,
        /// `whsec_…`; told only when the endpoint is made.
        secret: Option<String>,
        /// Seconds since 1970.
        created: i64,
        /// False in a sandbox.
        livemode: bool,
        /// The endpoint's own metadata.
        metadata: Metadata,
    }
}

identified!(WebhookEndpoint);

impl Listed for WebhookEndpoint {
    const PATH: &'static str = "/v1/webhook_endpoints";
}
