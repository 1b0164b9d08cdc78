use crate::{
    ListQuery, Page, Raw, StripeClient, StripeError, Subscription, SubscriptionItem,
    client::segment,
    params::{
        CancelSubscription, PauseSubscription, ResumeSubscription, UpdateSubscription, UpdateSubscriptionItem,
    },
};

impl StripeClient {
    /// One subscription, with references expanded (`latest_invoice`, `customer`).
    pub async fn subscription(&self, id: &str, expand: &[&str]) -> Result<Raw<Subscription>, StripeError> {
        self.get(&path(id), &super::expand(expand)).await
    }

    /// Subscriptions; filters: `status` (without it the canceled ones are left out), `customer`, `price`,
    /// `created[gte]`.
    pub async fn list_subscriptions(
        &self,
        query: &ListQuery,
    ) -> Result<Page<Raw<Subscription>>, StripeError> {
        self.list(query).await
    }

    /// Searches, as in `status:'active' AND metadata['skm_key_id']:'7'`. Changes appear after about a minute.
    pub async fn search_subscriptions(
        &self,
        search: &str,
        query: &ListQuery,
    ) -> Result<Page<Raw<Subscription>>, StripeError> {
        self.search(search, query).await
    }

    /// Changes a subscription.
    pub async fn update_subscription(
        &self,
        id: &str,
        params: &UpdateSubscription,
        key: Option<&str>,
    ) -> Result<Raw<Subscription>, StripeError> {
        self.post(&path(id), params, key).await
    }

    /// Ends a subscription at once.
    pub async fn cancel_subscription(
        &self,
        id: &str,
        params: &CancelSubscription,
    ) -> Result<Raw<Subscription>, StripeError> {
        self.delete(&path(id), params).await
    }

    /// Pauses a subscription: status `paused`, no invoices.
    pub async fn pause_subscription(
        &self,
        id: &str,
        params: &PauseSubscription,
        key: Option<&str>,
    ) -> Result<Raw<Subscription>, StripeError> {
        self.post(&format!("{}/pause", path(id)), params, key).await
    }

    /// Resumes a paused subscription, with a new billing cycle.
    pub async fn resume_subscription(
        &self,
        id: &str,
        params: &ResumeSubscription,
        key: Option<&str>,
    ) -> Result<Raw<Subscription>, StripeError> {
        self.post(&format!("{}/resume", path(id)), params, key).await
    }

    /// Changes one item of a subscription.
    pub async fn update_subscription_item(
        &self,
        id: &str,
        params: &UpdateSubscriptionItem,
        key: Option<&str>,
    ) -> Result<SubscriptionItem, StripeError> {
        self.post(&format!("/v1/subscription_items/{}", segment(id)), params, key).await
    }
}

fn path(id: &str) -> String {
    format!("/v1/subscriptions/{}", segment(id))
}
