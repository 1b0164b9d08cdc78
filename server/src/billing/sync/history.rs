//! What a sync finds out about money and the contract, written into the customer's history.

use latchkey_store::{
    entity::{subscription, subscription_item},
    subscriptions, transactions,
};
use latchkey_stripe::Expandable;

use super::{apply::Run, fetch::Found};
use crate::{
    billing::history::{
        self,
        invoices::{self, Owner},
        lifecycle::{self, Change},
    },
    error::AppResult,
};

impl Run<'_> {
    /// Writes the payments of a subscription, a try that failed, and what became of the contract.
    pub(super) async fn history(
        &self,
        found: &Found,
        before: Option<&subscription::Model>,
        after: &subscription::Model,
        items_before: &[subscription_item::Model],
    ) -> AppResult<()> {
        let products = history::products_by_price(self.transaction, self.account.id).await?;
        let owner = Owner {
            account: self.account.id,
            customer: after.customer_id,
            subscription: Some(after.id),
            products: &products,
        };
        let paid = found.paid_invoices.iter().filter_map(|invoice| invoices::payment(invoice, owner));
        let latest = found.subscription.latest_invoice.as_ref().and_then(Expandable::object);
        let failed = latest.and_then(|invoice| invoices::failed_try(invoice, owner, self.fetched_at));
        let entries = paid.chain(failed).collect();
        transactions::keep_all(self.transaction, self.account.id, entries, self.now).await?;

        let items = subscriptions::items(self.transaction, &[after.id]).await?;
        let bought_here = found.subscription.metadata.contains_key("skm_checkout_id");
        let change = Change { before, after, items_before, items: &items, bought_here };
        lifecycle::note(self.transaction, &change, self.now).await
    }
}
