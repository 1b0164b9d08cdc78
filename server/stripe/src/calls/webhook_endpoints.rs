use super::Nothing;
use crate::{
    Deleted, ListQuery, Page, StripeClient, StripeError, WebhookEndpoint,
    client::segment,
    params::{CreateWebhookEndpoint, UpdateWebhookEndpoint},
};

impl StripeClient {
    /// Makes an endpoint. Only this answer carries its secret.
    pub async fn create_webhook_endpoint(
        &self,
        params: &CreateWebhookEndpoint,
        key: &str,
    ) -> Result<WebhookEndpoint, StripeError> {
        self.post("/v1/webhook_endpoints", params, Some(key)).await
    }

    /// One endpoint.
    pub async fn webhook_endpoint(&self, id: &str) -> Result<WebhookEndpoint, StripeError> {
        self.get(&path(id), &[]).await
    }

    /// All endpoints.
    pub async fn list_webhook_endpoints(
        &self,
        query: &ListQuery,
    ) -> Result<Page<WebhookEndpoint>, StripeError> {
        self.list(query).await
    }

    /// Changes an endpoint.
    pub async fn update_webhook_endpoint(
        &self,
        id: &str,
        params: &UpdateWebhookEndpoint,
        key: Option<&str>,
    ) -> Result<WebhookEndpoint, StripeError> {
        self.post(&path(id), params, key).await
    }

    /// Deletes an endpoint.
    pub async fn delete_webhook_endpoint(&self, id: &str) -> Result<Deleted, StripeError> {
        self.delete(&path(id), &Nothing {}).await
    }
}

fn path(id: &str) -> String {
    format!("/v1/webhook_endpoints/{}", segment(id))
}
