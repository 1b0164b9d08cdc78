//! Money from a bank account: agreed at once, there minutes later, or not at all.

use super::cards::Outcome;
use crate::{
    error::ApiError,
    world::{World, text},
};
use serde_json::{Value, json};

/// How long a debit takes, in seconds.
const DEBIT_TAKES: i64 = 180;

impl World {
    /// Whether a payment method is a bank account.
    pub(crate) fn is_account(&self, method: &str) -> bool {
        self.store.get(method).is_some_and(|method| method["type"] == "sepa_debit")
    }

    /// Lets a subscription run while the money for its open invoice is on its way.
    pub(crate) fn await_debit(&mut self, invoice: &str, method: &str) {
        let Some(found) = self.store.get(invoice).cloned() else { return };
        let now = self.now_for(text(&found, "customer"));
        self.change(invoice, |invoice| {
            invoice["_settles_at"] = json!(now + DEBIT_TAKES);
            invoice["_settles_with"] = json!(method);
            invoice["attempted"] = json!(true);
        });
        if let Some((_, intent)) = self.open_payment(invoice) {
            let id = text(&intent, "id").to_owned();
            self.change(&id, |intent| {
                intent["status"] = json!("processing");
                intent["payment_method"] = json!(method);
                intent["payment_method_types"] = json!(["sepa_debit"]);
                intent["payment_method_options"] = json!({"sepa_debit": {}});
            });
            self.emit_about(&id, "payment_intent.processing");
        }
        if let Some(subscription) = self.subscription_of(&found) {
            self.update(text(&subscription, "id"), "customer.subscription.updated", |subscription| {
                subscription["status"] = json!("active");
            });
        }
    }

    /// The bank has done its part.
    pub(crate) fn settle_debit(&mut self, invoice: &str) {
        let method = self.store.get(invoice).map(|invoice| text(invoice, "_settles_with").to_owned());
        let method = method.unwrap_or_default();
        self.change(invoice, |invoice| invoice["_settles_at"] = Value::Null);
        let bounces = self.store.get(&method).is_some_and(|method| method["_behaviour"] == "debit_bounces");
        let event = if bounces {
            let outcome = Outcome::Declined("debit_not_authorized".to_owned());
            let error = outcome.error().unwrap_or_else(ApiError::internal);
            self.payment_failed(invoice, Some(&method), &outcome, &error);
            "checkout.session.async_payment_failed"
        } else {
            self.mark_paid(invoice, Some(&method));
            "checkout.session.async_payment_succeeded"
        };
        for session in self.store.ids("checkout.session", |session| session["invoice"] == invoice) {
            if !bounces {
                self.change(&session, |session| session["payment_status"] = json!("paid"));
            }
            self.emit_about(&session, event);
        }
    }
}
