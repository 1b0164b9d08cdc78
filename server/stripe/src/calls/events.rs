use crate::{
    BillingMeter, Event, ListQuery, MeterEvent, Page, Raw, StripeClient, StripeError, client::segment,
    params::MeterEventParams,
};

impl StripeClient {
    /// One event, for 30 days after it happened.
    pub async fn event(&self, id: &str) -> Result<Event, StripeError> {
        self.get(&format!("/v1/events/{}", segment(id)), &[]).await
    }

    /// Events of the last 30 days; filters: `types[]` (at most 20), `delivery_success`, `created[gte]`.
    pub async fn list_events(&self, query: &ListQuery) -> Result<Page<Event>, StripeError> {
        self.list(query).await
    }

    /// A billing meter.
    pub async fn billing_meter(&self, id: &str) -> Result<Raw<BillingMeter>, StripeError> {
        self.get(&format!("/v1/billing/meters/{}", segment(id)), &[]).await
    }

    /// Reports usage to a billing meter.
    pub async fn create_meter_event(
        &self,
        params: &MeterEventParams,
        key: &str,
    ) -> Result<MeterEvent, StripeError> {
        self.post("/v1/billing/meter_events", params, Some(key)).await
    }
}
