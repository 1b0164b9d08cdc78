use crate::{
    Charge, Dispute, ListQuery, Page, PaymentIntent, Refund, StripeClient, StripeError, client::segment,
    params::CreateRefund,
};

impl StripeClient {
    /// One charge.
    pub async fn charge(&self, id: &str) -> Result<Charge, StripeError> {
        self.get(&format!("/v1/charges/{}", segment(id)), &[]).await
    }

    /// One payment intent, with references expanded (`latest_charge`).
    pub async fn payment_intent(&self, id: &str, expand: &[&str]) -> Result<PaymentIntent, StripeError> {
        self.get(&format!("/v1/payment_intents/{}", segment(id)), &super::expand(expand)).await
    }

    /// Gives money back. The subscription stays as it is.
    pub async fn create_refund(&self, params: &CreateRefund, key: &str) -> Result<Refund, StripeError> {
        self.post("/v1/refunds", params, Some(key)).await
    }

    /// Refunds; filters: `charge`, `payment_intent`.
    pub async fn list_refunds(&self, query: &ListQuery) -> Result<Page<Refund>, StripeError> {
        self.list(query).await
    }

    /// One dispute.
    pub async fn dispute(&self, id: &str) -> Result<Dispute, StripeError> {
        self.get(&format!("/v1/disputes/{}", segment(id)), &[]).await
    }
}
