use crate::{
    ListQuery, Page, PortalConfiguration, PortalSession, StripeClient, StripeError,
    params::{CreatePortalSession, PortalConfigurationParams},
};

impl StripeClient {
    /// Makes a visit to the billing portal. Its `url` lets in whoever holds it: made on the click, every
    /// time anew, so there is no idempotency key to choose.
    pub async fn create_portal_session(
        &self,
        params: &CreatePortalSession,
    ) -> Result<PortalSession, StripeError> {
        self.post("/v1/billing_portal/sessions", params, None).await
    }

    /// Portal configurations; filters: `active`, `is_default`.
    pub async fn list_portal_configurations(
        &self,
        query: &ListQuery,
    ) -> Result<Page<PortalConfiguration>, StripeError> {
        self.list(query).await
    }

    /// Makes a portal configuration.
    pub async fn create_portal_configuration(
        &self,
        params: &PortalConfigurationParams,
        key: &str,
    ) -> Result<PortalConfiguration, StripeError> {
        self.post("/v1/billing_portal/configurations", params, Some(key)).await
    }
}
