use crate::{
    ListQuery, Page, Price, Product, Raw, StripeClient, StripeError,
    client::segment,
    params::{CreatePrice, CreateProduct, UpdatePrice, UpdateProduct},
};

impl StripeClient {
    /// Makes a product.
    pub async fn create_product(
        &self,
        params: &CreateProduct,
        key: &str,
    ) -> Result<Raw<Product>, StripeError> {
        self.post("/v1/products", params, Some(key)).await
    }

    /// One product.
    pub async fn product(&self, id: &str) -> Result<Raw<Product>, StripeError> {
        self.get(&format!("/v1/products/{}", segment(id)), &[]).await
    }

    /// Changes a product.
    pub async fn update_product(
        &self,
        id: &str,
        params: &UpdateProduct,
        key: Option<&str>,
    ) -> Result<Raw<Product>, StripeError> {
        self.post(&format!("/v1/products/{}", segment(id)), params, key).await
    }

    /// Products; filters: `active`, `ids[]`.
    pub async fn list_products(&self, query: &ListQuery) -> Result<Page<Raw<Product>>, StripeError> {
        self.list(query).await
    }

    /// Makes a price.
    pub async fn create_price(&self, params: &CreatePrice, key: &str) -> Result<Raw<Price>, StripeError> {
        self.post("/v1/prices", params, Some(key)).await
    }

    /// One price, with references expanded (`product`).
    pub async fn price(&self, id: &str, expand: &[&str]) -> Result<Raw<Price>, StripeError> {
        self.get(&format!("/v1/prices/{}", segment(id)), &super::expand(expand)).await
    }

    /// Changes a price.
    pub async fn update_price(
        &self,
        id: &str,
        params: &UpdatePrice,
        key: Option<&str>,
    ) -> Result<Raw<Price>, StripeError> {
        self.post(&format!("/v1/prices/{}", segment(id)), params, key).await
    }

    /// Prices; filters: `active`, `product`, `type`, `currency`.
    pub async fn list_prices(&self, query: &ListQuery) -> Result<Page<Raw<Price>>, StripeError> {
        self.list(query).await
    }
}
