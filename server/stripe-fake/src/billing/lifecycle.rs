//! How a subscription is paused, resumed and ended.

use super::{HOUR, period::period_end};
use crate::{
    error::ApiError,
    world::{World, number, text},
};
use serde_json::{Value, json};

impl World {
    /// Ends a subscription for good.
    pub(crate) fn end_subscription(&mut self, id: &str, reason: &str) {
        let Some(subscription) = self.store.get(id).filter(|subscription| !is_over(subscription)).cloned()
        else {
            return;
        };
        let now = self.now_for(text(&subscription, "customer"));
        self.change(id, |subscription| {
            subscription["status"] = json!("canceled");
            subscription["ended_at"] = json!(now);
            subscription["cancellation_details"]["reason"] = json!(reason);
            subscription["pause_collection"] = Value::Null;
            if subscription["canceled_at"].is_null() {
                subscription["canceled_at"] = json!(now);
            }
        });
        self.emit_about(id, "customer.subscription.deleted");
        self.stop_collecting(id);
    }

    /// Open and draft invoices of an ended subscription are no longer tried by themselves.
    fn stop_collecting(&mut self, subscription: &str) {
        let unpaid = self.store.ids("invoice", |invoice| {
            invoice["parent"]["subscription_details"]["subscription"] == subscription
                && matches!(text(invoice, "status"), "draft" | "open")
        });
        for invoice in unpaid {
            self.change(&invoice, |invoice| {
                invoice["auto_advance"] = json!(false);
                invoice["next_payment_attempt"] = Value::Null;
                invoice["automatically_finalizes_at"] = Value::Null;
            });
        }
    }

    /// Plans the end with the current period as the portal does it: a date, not the boolean.
    pub(crate) fn cancel_at_period_end(&mut self, id: &str) {
        let Some(subscription) = self.store.get(id).cloned() else { return };
        let now = self.now_for(text(&subscription, "customer"));
        let end = last_period_end(&subscription);
        self.update(id, "customer.subscription.updated", |subscription| {
            subscription["cancel_at"] = json!(end);
            subscription["canceled_at"] = json!(now);
            subscription["cancellation_details"]["reason"] = json!("cancellation_requested");
        });
    }

    /// Takes a planned end back.
    pub(crate) fn keep_running(&mut self, id: &str) {
        self.update(id, "customer.subscription.updated", forget_planned_end);
    }

    /// Stops invoices; `reason` is why (`pause_requested`, `trial_end_without_payment_method`…).
    pub(crate) fn pause_subscription(&mut self, id: &str, reason: &str) {
        let Some(subscription) = self.store.get(id).cloned() else { return };
        let now = self.now_for(text(&subscription, "customer"));
        self.update(id, "customer.subscription.updated", |subscription| {
            subscription["status"] = json!("paused");
            subscription["status_details"] = json!({
                "paused": {"subscription": {"type": reason}, "transitioned_at": now, "type": "subscription"},
            });
        });
        self.emit_about(id, "customer.subscription.paused");
    }

    /// Starts a paused subscription again with a new cycle, which is paid at once.
    pub(crate) fn resume_subscription(&mut self, id: &str) -> Result<(), ApiError> {
        let Some(subscription) = self.store.get(id).cloned() else { return Ok(()) };
        let now = self.now_for(text(&subscription, "customer"));
        let prices = self.item_prices(&subscription);
        self.update(id, "customer.subscription.updated", |subscription| {
            subscription["status"] = json!("active");
            subscription["billing_cycle_anchor"] = json!(now);
            subscription["trial_end"] = subscription["trial_end"].as_i64().map(|end| end.min(now)).into();
            if let Some(fields) = subscription.as_object_mut() {
                fields.remove("status_details");
            }
            for (item, price) in items_mut(subscription).zip(&prices) {
                set_period(item, now, period_end(now, now, price));
            }
        });
        self.emit_about(id, "customer.subscription.resumed");
        let Some(subscription) = self.store.get(id).cloned() else { return Ok(()) };
        let invoice = self.draft_invoice(id, "subscription_cycle", self.period_lines(&subscription));
        self.finalize_invoice(&invoice);
        // The answer is the subscription either way: a failed payment shows as past due.
        self.pay_invoice(&invoice, None).or(Ok(()))
    }

    /// The prices of a subscription's items, in their order.
    pub(crate) fn item_prices(&self, subscription: &Value) -> Vec<Value> {
        let items = subscription["items"]["data"].as_array().into_iter().flatten();
        items.map(|item| self.store.get(text(item, "price")).cloned().unwrap_or_default()).collect()
    }

    /// Ends what never got its first payment.
    pub(crate) fn expire_incomplete(&mut self, id: &str) {
        let Some(invoice) =
            self.store.get(id).map(|subscription| text(subscription, "latest_invoice").to_owned())
        else {
            return;
        };
        let now = self.now();
        self.change(id, |subscription| {
            subscription["status"] = json!("incomplete_expired");
            subscription["ended_at"] = json!(now);
        });
        self.emit_about(id, "customer.subscription.updated");
        self.void_invoice(&invoice);
    }
}

/// How long a first payment may take.
pub(crate) const INCOMPLETE_FOR: i64 = 23 * HOUR;

/// Whether nothing can change a subscription any more.
pub(crate) fn is_over(subscription: &Value) -> bool {
    matches!(text(subscription, "status"), "canceled" | "incomplete_expired")
}

pub(crate) fn forget_planned_end(subscription: &mut Value) {
    subscription["cancel_at"] = Value::Null;
    subscription["cancel_at_period_end"] = json!(false);
    subscription["canceled_at"] = Value::Null;
    subscription["cancellation_details"]["reason"] = Value::Null;
}

/// The latest end among the items' periods.
pub(crate) fn last_period_end(subscription: &Value) -> i64 {
    let items = subscription["items"]["data"].as_array().into_iter().flatten();
    items.map(|item| number(item, "current_period_end")).max().unwrap_or_default()
}

pub(crate) fn items_mut(subscription: &mut Value) -> impl Iterator<Item = &mut Value> {
    subscription["items"]["data"].as_array_mut().into_iter().flatten()
}

pub(crate) fn set_period(item: &mut Value, start: i64, end: i64) {
    item["current_period_start"] = json!(start);
    item["current_period_end"] = json!(end);
    item["billed_until"] = json!(end);
}
