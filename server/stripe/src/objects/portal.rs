use crate::{
    Listed,
    tolerant::{identified, tolerant_object},
};
use serde_json::Value;

tolerant_object! {
    /// A visit to Stripe's billing portal.
    PortalSession {
        /// `bps_…`
        id: String,
        /// Where to send the customer. Whoever holds it is let in: make it on the click, never store or
        /// log it.
        url: String,
        /// Where the portal's link back leads.
        return_url: Option<String>,
    }
}

tolerant_object! {
    /// What customers may do in the billing portal.
    PortalConfiguration {
        /// `bpc_…`
        id: String,
        /// Whether it can be used.
        active: bool,
        /// Whether it is the one used when none is named.
        is_default: bool,
        /// Which features are on, as Stripe keeps them.
        features: Value,
    }
}

identified!(PortalSession, PortalConfiguration);

impl Listed for PortalConfiguration {
    const PATH: &'static str = "/v1/billing_portal/configurations";
}
