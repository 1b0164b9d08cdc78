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
    communications::notices,
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
        if let Some(at) = before.and_then(|before| cancelled_for(before, after, found)) {
            notices::cancelled(self.app, self.transaction, after, &items, at).await?;
        }
        lifecycle::note(self.transaction, &change, self.now).await
    }
}

/// When what somebody has cancelled since the last look ends. What ends for want of a payment or of a card, nobody
/// cancelled.
fn cancelled_for(before: &subscription::Model, after: &subscription::Model, found: &Found) -> Option<i64> {
    if before.cancels_at.is_some() || before.ended_at.is_some() {
        return None;
    }
    let Some(ended) = after.ended_at else { return after.cancels_at };
    let details = found.subscription.cancellation_details.as_ref();
    let asked = details.and_then(|details| details.reason.as_deref()) == Some("cancellation_requested");
    let without_card = before.needs_card && before.trial_ends_at.is_some_and(|ends| ends <= ended);
    (asked && !without_card).then_some(ended)
}
