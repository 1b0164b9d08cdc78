use serde::Serialize;
use serde_json::Value;

/// A new visit to the billing portal.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreatePortalSession {
    /// Who visits.
    pub customer: String,
    /// Where the link back leads.
    pub return_url: Option<String>,
    /// `bpc_…`; the default one when `None`.
    pub configuration: Option<String>,
    /// Language of the portal.
    pub locale: Option<String>,
    /// Leads straight to one task, in Stripe's shape: `{"type": "payment_method_update"}`.
    pub flow_data: Option<Value>,
}

/// A new portal configuration, in Stripe's shape.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PortalConfigurationParams {
    /// Which features are on.
    pub features: Value,
    /// Links and headline.
    pub business_profile: Option<Value>,
    /// Where the link back leads unless the session says otherwise.
    pub default_return_url: Option<String>,
}
