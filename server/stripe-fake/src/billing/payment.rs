//! Taking the money for an open invoice, and what follows when it fails.

use super::{DAY, cards::Outcome};
use crate::{
    error::ApiError,
    ids::new_id,
    objects::payment,
    world::{AfterDunning, World, number, text},
};
use serde_json::{Value, json};

/// Days between tries to take a payment.
const RETRY_DAYS: [i64; 3] = [3, 5, 7];

impl World {
    /// Tries to pay an open invoice with `method`, or with the card its customer has set.
    pub(crate) fn pay_invoice(&mut self, id: &str, method: Option<&str>) -> Result<(), ApiError> {
        let Some(invoice) = self.store.get(id).cloned() else { return Ok(()) };
        if number(&invoice, "amount_remaining") == 0 {
            self.mark_paid(id, None);
            return Ok(());
        }
        let customer = text(&invoice, "customer").to_owned();
        let subscription = self.subscription_of(&invoice);
        let subscription_id = subscription.as_ref().map(|subscription| text(subscription, "id"));
        let method = method.map(str::to_owned).or_else(|| self.card_for(&customer, subscription_id));
        let outcome = match &method {
            Some(method) => self.outcome(&customer, method),
            None => Outcome::Declined("no_payment_method".to_owned()),
        };
        match outcome.error() {
            None => {
                self.mark_paid(id, method.as_deref());
                Ok(())
            }
            Some(error) => {
                self.payment_failed(id, method.as_deref(), &outcome, &error);
                Err(if method.is_some() { error } else { no_card() })
            }
        }
    }

    /// Notes that an invoice is paid; with `method`, that the card was charged.
    pub(crate) fn mark_paid(&mut self, id: &str, method: Option<&str>) {
        let Some(invoice) = self.store.get(id).cloned() else { return };
        let now = self.now_for(text(&invoice, "customer"));
        if let Some(method) = method {
            self.charge_card(&invoice, method, now);
        }
        self.change(id, |invoice| {
            let due = number(invoice, "amount_due");
            invoice["status"] = json!("paid");
            invoice["attempted"] = json!(true);
            invoice["attempt_count"] = json!(number(invoice, "attempt_count") + i64::from(method.is_some()));
            invoice["amount_paid"] = json!(due);
            invoice["amount_remaining"] = json!(0);
            invoice["next_payment_attempt"] = Value::Null;
            invoice["status_transitions"]["paid_at"] = json!(now);
            invoice["ending_balance"] = json!(0);
        });
        self.emit_about(id, "invoice.paid");
        self.emit_about(id, "invoice.payment_succeeded");
        if let Some(subscription) = self.subscription_of(&invoice) {
            self.invoice_was_paid(text(&subscription, "id"), id);
        }
    }

    fn charge_card(&mut self, invoice: &Value, method: &str, now: i64) {
        let Some((entry, intent)) = self.open_payment(text(invoice, "id")) else { return };
        let card = self.store.get(method).cloned().unwrap_or_default();
        let charge_id = new_id("ch");
        let receipt = format!("{}/invoice/{}", self.origin, text(invoice, "id"));
        let charge = payment::charge(&charge_id, &intent, &card, &receipt, now);
        self.create(charge, "charge.succeeded");
        let intent_id = text(&intent, "id").to_owned();
        self.change(&intent_id, |intent| {
            intent["status"] = json!("succeeded");
            intent["amount_received"] = intent["amount"].clone();
            intent["latest_charge"] = json!(charge_id);
            intent["payment_method"] = json!(method);
            intent["last_payment_error"] = Value::Null;
            intent["next_action"] = Value::Null;
        });
        self.emit_about(&intent_id, "payment_intent.succeeded");
        self.change(&entry, |entry| {
            entry["status"] = json!("paid");
            entry["amount_paid"] = entry["amount_requested"].clone();
            entry["status_transitions"]["paid_at"] = json!(now);
        });
        self.emit_about(&entry, "invoice_payment.paid");
    }

    /// The open invoice payment and its intent.
    pub(crate) fn open_payment(&self, invoice: &str) -> Option<(String, Value)> {
        let open = |entry: &&Value| entry["invoice"] == invoice && entry["status"] == "open";
        let entry = self.store.newest_first("invoice_payment").find(open)?;
        let intent = self.store.get(text(&entry["payment"], "payment_intent"))?;
        Some((text(entry, "id").to_owned(), intent.clone()))
    }

    /// Notes that an open invoice could not be paid.
    pub(crate) fn payment_failed(
        &mut self,
        id: &str,
        method: Option<&str>,
        outcome: &Outcome,
        error: &ApiError,
    ) {
        let Some(invoice) = self.store.get(id).cloned() else { return };
        let now = self.now_for(text(&invoice, "customer"));
        if let (Some(method), Some((_, intent))) = (method, self.open_payment(id)) {
            self.note_failed_charge(&intent, method, outcome, error, now);
        }
        let attempts = number(&invoice, "attempt_count") + 1;
        let live = self.subscription_of(&invoice).filter(|subscription| {
            matches!(text(subscription, "status"), "active" | "past_due" | "trialing" | "unpaid")
        });
        let next = live.as_ref().and_then(|_| {
            let days = RETRY_DAYS.get(usize::try_from(attempts - 1).ok()?)?;
            Some(now + days * DAY)
        });
        self.change(id, |invoice| {
            invoice["attempted"] = json!(true);
            invoice["attempt_count"] = json!(attempts);
            invoice["next_payment_attempt"] = json!(next);
        });
        self.emit_about(id, "invoice.payment_failed");
        if *outcome == Outcome::NeedsAuthentication {
            self.emit_about(id, "invoice.payment_action_required");
        }
        if let Some(subscription) = live {
            self.renewal_failed(text(&subscription, "id"), next.is_none());
        }
    }

    fn note_failed_charge(
        &mut self,
        intent: &Value,
        method: &str,
        outcome: &Outcome,
        error: &ApiError,
        now: i64,
    ) {
        let card = self.store.get(method).cloned().unwrap_or_default();
        let charge_id = new_id("ch");
        let mut charge = payment::charge(&charge_id, intent, &card, "", now);
        for (name, value) in [
            ("status", json!("failed")),
            ("paid", json!(false)),
            ("captured", json!(false)),
            ("amount_captured", json!(0)),
            ("receipt_url", Value::Null),
            ("balance_transaction", Value::Null),
            ("failure_code", error.body.get("code").cloned().unwrap_or_default()),
            ("failure_message", json!(error.message())),
        ] {
            charge[name] = value;
        }
        charge["outcome"]["network_status"] = json!("declined_by_network");
        charge["outcome"]["type"] = json!("issuer_declined");
        charge["outcome"]["seller_message"] = json!("The bank returned a decline.");
        charge["outcome"]["reason"] = error.body.get("decline_code").cloned().unwrap_or_default();
        self.create(charge, "charge.failed");
        let action = *outcome == Outcome::NeedsAuthentication;
        let intent_id = text(intent, "id").to_owned();
        let last_error = json!({
            "charge": charge_id, "code": error.body.get("code"), "decline_code": error.body.get("decline_code"),
            "doc_url": error.body.get("doc_url"), "message": error.message(), "type": "card_error",
        });
        self.change(&intent_id, |intent| {
            intent["status"] = json!(if action { "requires_action" } else { "requires_payment_method" });
            intent["latest_charge"] = json!(charge_id);
            intent["last_payment_error"] = last_error;
        });
        self.emit_about(&intent_id, "payment_intent.payment_failed");
    }

    /// What a failed payment means for a subscription that was running.
    fn renewal_failed(&mut self, id: &str, gave_up: bool) {
        let status = match (gave_up, self.after_dunning) {
            (true, AfterDunning::Cancel) => return self.end_subscription(id, "payment_failed"),
            (true, AfterDunning::MarkUnpaid) => "unpaid",
            _ => "past_due",
        };
        self.update(id, "customer.subscription.updated", |subscription| {
            subscription["status"] = json!(status);
        });
    }

    /// What a paid invoice means for its subscription.
    fn invoice_was_paid(&mut self, id: &str, invoice: &str) {
        self.update(id, "customer.subscription.updated", |subscription| {
            if matches!(text(subscription, "status"), "incomplete" | "past_due" | "unpaid") {
                subscription["status"] = json!("active");
            }
        });
        self.apply_pending_update(id, invoice);
    }
}

fn no_card() -> ApiError {
    let mut error = ApiError::invalid(
        "This customer has no attached payment source or default payment method. Please consider adding a default \
         payment method.",
    )
    .code("resource_missing");
    error.executed = true;
    error
}
