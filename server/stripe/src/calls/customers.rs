use super::Nothing;
use crate::{
    Customer, Deleted, ListQuery, Page, PaymentMethod, Raw, StripeClient, StripeError, client::segment,
    params::CustomerParams,
};

impl StripeClient {
    /// Makes a customer.
    pub async fn create_customer(
        &self,
        params: &CustomerParams,
        key: &str,
    ) -> Result<Raw<Customer>, StripeError> {
        self.post("/v1/customers", params, Some(key)).await
    }

    /// One customer. Of a deleted one only `id` and `deleted` are left.
    pub async fn customer(&self, id: &str) -> Result<Raw<Customer>, StripeError> {
        self.get(&format!("/v1/customers/{}", segment(id)), &[]).await
    }

    /// Changes a customer.
    pub async fn update_customer(
        &self,
        id: &str,
        params: &CustomerParams,
        key: Option<&str>,
    ) -> Result<Raw<Customer>, StripeError> {
        self.post(&format!("/v1/customers/{}", segment(id)), params, key).await
    }

    /// Deletes a customer for good; its subscriptions end at once.
    pub async fn delete_customer(&self, id: &str) -> Result<Deleted, StripeError> {
        self.delete(&format!("/v1/customers/{}", segment(id)), &Nothing {}).await
    }

    /// Customers; filters: `email` (exact), `created[gte]`.
    pub async fn list_customers(&self, query: &ListQuery) -> Result<Page<Raw<Customer>>, StripeError> {
        self.list(query).await
    }

    /// Searches, as in `metadata['skm_customer_id']:'42'`. New customers appear after about a minute.
    pub async fn search_customers(
        &self,
        search: &str,
        query: &ListQuery,
    ) -> Result<Page<Raw<Customer>>, StripeError> {
        self.search(search, query).await
    }

    /// A customer's cards and accounts; filters: `customer`, `type`.
    pub async fn list_payment_methods(&self, query: &ListQuery) -> Result<Page<PaymentMethod>, StripeError> {
        self.list(query).await
    }
}
