use super::Nothing;
use crate::{
    CheckoutSession, LineItem, ListQuery, Page, Raw, StripeClient, StripeError, client::segment,
    params::CreateCheckoutSession,
};

impl StripeClient {
    /// Makes a checkout session; its `url` is where to send the customer.
    pub async fn create_checkout_session(
        &self,
        params: &CreateCheckoutSession,
        key: &str,
    ) -> Result<Raw<CheckoutSession>, StripeError> {
        self.post("/v1/checkout/sessions", params, Some(key)).await
    }

    /// One session, with references expanded (`subscription`, `invoice`, `customer`).
    pub async fn checkout_session(
        &self,
        id: &str,
        expand: &[&str],
    ) -> Result<Raw<CheckoutSession>, StripeError> {
        self.get(&format!("/v1/checkout/sessions/{}", segment(id)), &super::expand(expand)).await
    }

    /// Sessions; filters: `customer`, `status`, `subscription`, `payment_intent`.
    pub async fn list_checkout_sessions(
        &self,
        query: &ListQuery,
    ) -> Result<Page<Raw<CheckoutSession>>, StripeError> {
        self.list(query).await
    }

    /// What is bought in a session.
    pub async fn checkout_line_items(
        &self,
        id: &str,
        query: &ListQuery,
    ) -> Result<Page<LineItem>, StripeError> {
        self.get(&format!("/v1/checkout/sessions/{}/line_items", segment(id)), query.pairs()).await
    }

    /// Closes an open session, so that it can no longer be paid.
    pub async fn expire_checkout_session(
        &self,
        id: &str,
        key: Option<&str>,
    ) -> Result<Raw<CheckoutSession>, StripeError> {
        self.post(&format!("/v1/checkout/sessions/{}/expire", segment(id)), &Nothing {}, key).await
    }
}
