//! How a subscription begins.

use super::{cards::Outcome, discounts::Chosen, period::period_end};
use crate::{
    error::ApiError,
    ids::new_id,
    objects::subscription,
    world::{World, number, text},
};
use serde_json::{Map, Value, json};

/// What a new subscription is to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewSubscription {
    pub(crate) customer: String,
    pub(crate) items: Vec<NewItem>,
    pub(crate) metadata: Map<String, Value>,
    /// Seconds since 1970.
    pub(crate) trial_end: Option<i64>,
    pub(crate) missing_payment_method: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) payment_method: Option<String>,
    pub(crate) discount: Option<Chosen>,
    /// Whether the pay page has found out that the card pays this time.
    pub(crate) agreed: bool,
}

/// One item of a new subscription.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewItem {
    pub(crate) price: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) metadata: Map<String, Value>,
}

impl World {
    /// Starts a subscription and takes the first payment. A payment that fails leaves it `incomplete`.
    pub(crate) fn start_subscription(&mut self, new: NewSubscription) -> (String, Result<(), ApiError>) {
        let now = self.now_for(&new.customer);
        let id = new_id("sub");
        let prices: Vec<Value> =
            new.items.iter().filter_map(|item| self.store.get(&item.price).cloned()).collect();
        let currency = prices.first().map_or("eur", |price| text(price, "currency")).to_owned();
        let trial_end = new.trial_end.filter(|end| *end > now);
        let anchor = trial_end.unwrap_or(now);

        let mut subscription = subscription::subscription(&id, &new.customer, &currency, now);
        subscription["billing_cycle_anchor"] = json!(anchor);
        subscription["metadata"] = Value::Object(new.metadata.clone());
        subscription["description"] = json!(new.description);
        subscription["default_payment_method"] = json!(new.payment_method);
        subscription["test_clock"] =
            self.store.get(&new.customer).map(|customer| customer["test_clock"].clone()).unwrap_or_default();
        if let Some(behaviour) = &new.missing_payment_method {
            subscription["trial_settings"]["end_behavior"]["missing_payment_method"] = json!(behaviour);
        }
        if let Some(end) = trial_end {
            subscription["status"] = json!("trialing");
            subscription["trial_start"] = json!(now);
            subscription["trial_end"] = json!(end);
        }
        let items: Vec<Value> = new
            .items
            .iter()
            .zip(&prices)
            .map(|(item, price)| {
                let end = trial_end.unwrap_or_else(|| period_end(anchor, now, price));
                let mut made = subscription::item(&id, &item.price, item.quantity, (now, end), now);
                made["metadata"] = Value::Object(item.metadata.clone());
                made
            })
            .collect();
        subscription["items"]["data"] = json!(items);
        if let Some(chosen) = &new.discount {
            self.discount_subscription(&mut subscription, chosen);
        }
        let agreed = new.payment_method.as_deref().filter(|_| new.agreed);
        let paid = self.take_first_payment(subscription, agreed);
        (id, paid)
    }

    fn take_first_payment(&mut self, subscription: Value, agreed: Option<&str>) -> Result<(), ApiError> {
        let id = text(&subscription, "id").to_owned();
        let lines = self.period_lines(&subscription);
        self.change_currency(text(&subscription, "customer"), text(&subscription, "currency"));
        self.create(subscription, "customer.subscription.created");
        let invoice = self.draft_invoice(&id, "subscription_create", lines);
        self.finalize_invoice(&invoice);
        let due = self.store.get(&invoice).map_or(0, |invoice| number(invoice, "amount_remaining"));
        match agreed {
            Some(method) if due > 0 && self.is_account(method) => self.await_debit(&invoice, method),
            Some(method) if due > 0 => self.mark_paid(&invoice, Some(method)),
            _ => return self.pay_invoice(&invoice, None),
        }
        Ok(())
    }

    /// How a first payment with `method` would end.
    pub(crate) fn first_payment(&self, customer: &str, card: &super::cards::TestCard) -> Outcome {
        match self.chaos.declines.get(customer) {
            Some(reason) if reason != "authentication_required" => Outcome::Declined(reason.clone()),
            _ => card.first_payment(),
        }
    }

    fn change_currency(&mut self, customer: &str, currency: &str) {
        if self.store.get(customer).is_some_and(|customer| customer["currency"].is_null()) {
            self.update(customer, "customer.updated", |customer| customer["currency"] = json!(currency));
        }
    }

    /// What the items cost for one period, in minor units.
    pub(crate) fn items_total(&self, items: &[NewItem]) -> i64 {
        items
            .iter()
            .filter_map(|item| {
                Some(number(self.store.get(&item.price)?, "unit_amount") * item.quantity.unwrap_or(0))
            })
            .sum()
    }
}
