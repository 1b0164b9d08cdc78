use crate::{
    Event, ListQuery, MeterEvent, Page, StripeClient, StripeError, client::segment, params::MeterEventParams,
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

    /// Reports usage to a billing meter.
    pub async fn create_meter_event(
        &self,
        params: &MeterEventParams,
        key: &str,
    ) -> Result<MeterEvent, StripeError> {
        self.post("/v1/billing/meter_events", params, Some(key)).await
    }
}
