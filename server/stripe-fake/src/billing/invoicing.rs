//! Invoices: making drafts, making them final, voiding.

use super::HOUR;
use crate::{
    ids::new_id,
    objects::{
        invoice::{self, LineFor},
        payment,
    },
    world::{World, number, text},
};
use serde_json::{Value, json};

impl World {
    /// A draft for a subscription with these lines. It moves on by itself after an hour.
    pub(crate) fn draft_invoice(&mut self, subscription: &str, reason: &str, lines: Vec<Value>) -> String {
        let Some(subscription) = self.store.get(subscription).cloned() else { return String::new() };
        let customer = self.store.get(text(&subscription, "customer")).cloned().unwrap_or_default();
        let now = self.now_for(text(&subscription, "customer"));
        let id = new_id("in");
        let mut draft = invoice::invoice(&id, &customer, text(&subscription, "currency"), reason, lines, now);
        invoice::set_subscription(&mut draft, &subscription);
        draft["automatically_finalizes_at"] = json!(now + HOUR);
        let before = subscription["latest_invoice"].as_str().and_then(|latest| self.store.get(latest));
        if let Some(before) = before.filter(|_| reason == "subscription_cycle") {
            draft["period_start"] = before["period_end"].clone();
        }
        let own = text(&subscription, "id").to_owned();
        self.discount_invoice(&mut draft, &own);
        self.create(draft, "invoice.created");
        self.change(&own, |subscription| subscription["latest_invoice"] = json!(id));
        id
    }

    /// A line for each item whose period is given.
    pub(crate) fn period_lines(&self, subscription: &Value) -> Vec<Value> {
        let items = subscription["items"]["data"].as_array().into_iter().flatten();
        let trial = subscription["status"] == "trialing";
        items.map(|item| self.period_line(subscription, item, trial)).collect()
    }

    /// The line that pays for an item's current period; free in a trial.
    pub(crate) fn period_line(&self, subscription: &Value, item: &Value, trial: bool) -> Value {
        let price = self.store.get(text(item, "price")).cloned().unwrap_or_default();
        let name = self.store.get(text(&price, "product")).map_or("", |product| text(product, "name"));
        let quantity = item["quantity"].as_i64();
        let amount = if trial { 0 } else { number(&price, "unit_amount") * quantity.unwrap_or_default() };
        let period = (number(item, "current_period_start"), number(item, "current_period_end"));
        let what = LineFor {
            subscription: text(subscription, "id"),
            item: text(item, "id"),
            price: &price,
            quantity,
            period,
        };
        let description = if trial {
            format!("Free trial for {} × {name}", quantity.unwrap_or_default())
        } else {
            format!("{} × {name}", quantity.unwrap_or_default())
        };
        invoice::line(&what, amount, &description, false)
    }

    /// Makes a draft final: numbered, open, and with its subscription's metadata copied for good.
    pub(crate) fn finalize_invoice(&mut self, id: &str) {
        let Some(draft) = self.store.get(id).filter(|invoice| invoice["status"] == "draft").cloned() else {
            return;
        };
        let subscription = self.subscription_of(&draft);
        let now = self.now_for(text(&draft, "customer"));
        let number = self.invoice_number();
        let origin = self.origin.clone();
        self.change(id, |invoice| {
            invoice["status"] = json!("open");
            invoice["number"] = json!(number);
            invoice["automatically_finalizes_at"] = Value::Null;
            invoice["effective_at"] = json!(now);
            invoice["status_transitions"]["finalized_at"] = json!(now);
            invoice["hosted_invoice_url"] = json!(format!("{origin}/invoice/{id}"));
            invoice["invoice_pdf"] = json!(format!("{origin}/invoice/{id}/pdf"));
            if let Some(subscription) = &subscription {
                invoice::set_subscription(invoice, subscription);
            }
        });
        self.prepare_payment(id);
        self.emit_about(id, "invoice.finalized");
    }

    /// The payment intent that will pay an open invoice.
    fn prepare_payment(&mut self, id: &str) {
        let Some(invoice) = self.store.get(id).cloned().filter(|invoice| number(invoice, "amount_due") > 0)
        else {
            return;
        };
        let now = self.now_for(text(&invoice, "customer"));
        let intent = new_id("pi");
        let mut payment_intent = payment::payment_intent(
            &intent,
            number(&invoice, "amount_due"),
            text(&invoice, "currency"),
            text(&invoice, "customer"),
            now,
        );
        payment_intent["description"] = json!("Subscription update");
        if invoice["billing_reason"] == "subscription_create" {
            payment_intent["description"] = json!("Subscription creation");
        }
        self.create(payment_intent, "payment_intent.created");
        self.insert(payment::invoice_payment(&new_id("inpay"), &invoice, &intent, now));
    }

    /// Cancels an invoice that was not paid.
    pub(crate) fn void_invoice(&mut self, id: &str) {
        let now = self.now();
        self.change(id, |invoice| {
            invoice["status"] = json!("void");
            invoice["next_payment_attempt"] = Value::Null;
            invoice["auto_advance"] = json!(false);
            invoice["status_transitions"]["voided_at"] = json!(now);
        });
        self.emit_about(id, "invoice.voided");
    }

    /// Gives an invoice up.
    pub(crate) fn mark_uncollectible(&mut self, id: &str) {
        let now = self.now();
        self.change(id, |invoice| {
            invoice["status"] = json!("uncollectible");
            invoice["next_payment_attempt"] = Value::Null;
            invoice["status_transitions"]["marked_uncollectible_at"] = json!(now);
        });
        self.emit_about(id, "invoice.marked_uncollectible");
    }

    /// Says that something happened to an object as it is now.
    pub(crate) fn emit_about(&mut self, id: &str, event: &str) {
        if let Some(object) = self.store.get(id).cloned() {
            self.emit(event, &object, None);
        }
    }

    /// The subscription an invoice was made for.
    pub(crate) fn subscription_of(&self, invoice: &Value) -> Option<Value> {
        let id = invoice["parent"]["subscription_details"]["subscription"].as_str()?;
        self.store.get(id).cloned()
    }
}
