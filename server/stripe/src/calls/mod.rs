//! The calls, one file per resource.

mod account;
mod catalog;
mod checkout;
mod customers;
mod events;
mod invoices;
mod payments;
mod portal;
mod subscriptions;
mod webhook_endpoints;

use crate::{ListQuery, Listed, Page, StripeClient, StripeError};
use serde::Serialize;

/// For calls that send nothing.
#[derive(Serialize)]
struct Nothing {}

/// Pairs that ask Stripe to expand references.
fn expand(paths: &[&str]) -> Vec<(String, String)> {
    paths.iter().map(|path| ("expand[]".to_owned(), (*path).to_owned())).collect()
}

impl StripeClient {
    async fn list<T: Listed>(&self, query: &ListQuery) -> Result<Page<T>, StripeError> {
        self.get(T::PATH, query.pairs()).await
    }

    async fn search<T: Listed>(&self, search: &str, query: &ListQuery) -> Result<Page<T>, StripeError> {
        let query = query.clone().filter("query", search);
        self.get(&format!("{}/search", T::PATH), query.pairs()).await
    }
}
