use super::{Call, Route, list};
use crate::{
    error::ApiError,
    ids::new_id,
    metadata::merge_metadata,
    objects::payment,
    world::{World, number, text},
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/v1/charges/{}",
        permission: "rak_charge_read",
        params: &[],
        handler: |world, call| world.find("charge", call.id()).cloned(),
    },
    Route {
        method: "GET",
        path: "/v1/payment_intents/{}",
        permission: "rak_payment_intent_read",
        params: &[],
        handler: |world, call| world.find("payment_intent", call.id()).cloned(),
    },
    Route {
        method: "POST",
        path: "/v1/refunds",
        permission: "rak_charge_write",
        params: &["amount", "charge", "metadata.*", "payment_intent", "reason"],
        handler: refund,
    },
    Route {
        method: "GET",
        path: "/v1/refunds",
        permission: "rak_charge_read",
        params: &[
            "charge",
            "created",
            "created.*",
            "payment_intent",
            "limit",
            "starting_after",
            "ending_before",
        ],
        handler: refunds,
    },
    Route {
        method: "GET",
        path: "/v1/refunds/{}",
        permission: "rak_charge_read",
        params: &[],
        handler: |world, call| world.find("refund", call.id()).cloned(),
    },
    Route {
        method: "GET",
        path: "/v1/disputes/{}",
        permission: "rak_dispute_read",
        params: &[],
        handler: |world, call| world.find("dispute", call.id()).cloned(),
    },
];

fn refunds(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let (created, equal) =
        (list::created(&call.params)?, list::equal(&call.params, &["charge", "payment_intent"]));
    let found = world.store.newest_first("refund").filter(|one| created(one) && equal(one));
    list::page(found, &call.params, "/v1/refunds")
}

fn refund(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let charge = match (params.text("charge"), params.text("payment_intent")) {
        (Some(charge), _) => charge.to_owned(),
        (None, Some(intent)) => {
            text(world.named("payment_intent", intent, "payment_intent")?, "latest_charge").to_owned()
        }
        (None, None) => {
            let message =
                "One of the following params should be provided for this request: payment_intent or charge.";
            return Err(ApiError::invalid(message));
        }
    };
    let charge = world.named("charge", &charge, "charge")?.clone();
    let left = number(&charge, "amount_captured") - number(&charge, "amount_refunded");
    if left == 0 {
        let message = format!("Charge {} has already been refunded.", text(&charge, "id"));
        return Err(ApiError::invalid(message).code("charge_already_refunded"));
    }
    let amount = params.integer("amount")?.unwrap_or(left);
    if amount <= 0 || amount > left {
        let message =
            format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(ApiError::invalid(message).param("amount"));
    }
    let reason = params.word("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let mut made = payment::refund(&new_id("re"), &charge, amount, reason, world.now());
    merge_metadata(&mut made, params)?;
    let made = world.create(made, "refund.created");
    let id = text(&charge, "id").to_owned();
    world.update(&id, "charge.refunded", |charge| {
        let refunded = number(charge, "amount_refunded") + amount;
        charge["amount_refunded"] = json!(refunded);
        charge["refunded"] = json!(refunded == number(charge, "amount"));
    });
    Ok(made)
}

impl World {
    /// The customer's bank sends a refund back.
    pub(crate) fn fail_refund(&mut self, id: &str, reason: &str) -> Result<(), ApiError> {
        let refund = self.find("refund", id)?.clone();
        let (charge, amount) = (text(&refund, "charge").to_owned(), number(&refund, "amount"));
        self.change(&charge, |charge| {
            charge["amount_refunded"] = json!(number(charge, "amount_refunded") - amount);
            charge["refunded"] = json!(false);
        });
        let returned = new_id("txn");
        self.update(id, "refund.updated", |refund| {
            refund["status"] = json!("failed");
            refund["failure_reason"] = json!(reason);
            refund["failure_balance_transaction"] = json!(returned);
        });
        self.emit_about(id, "refund.failed");
        Ok(())
    }

    /// The customer's bank takes a charge back.
    pub(crate) fn open_dispute(&mut self, charge: &str, reason: &str) -> Result<String, ApiError> {
        let found = self.find("charge", charge)?.clone();
        let id = new_id("du");
        let made = payment::dispute(&id, &found, reason, self.now());
        self.change(charge, |charge| charge["disputed"] = json!(true));
        self.create(made.clone(), "charge.dispute.created");
        self.emit("charge.dispute.funds_withdrawn", &made, None);
        Ok(id)
    }

    /// The bank decides.
    pub(crate) fn close_dispute(&mut self, id: &str, status: &str) -> Result<(), ApiError> {
        self.find("dispute", id)?;
        self.change(id, |dispute| dispute["status"] = json!(status));
        if status != "lost" {
            self.emit_about(id, "charge.dispute.funds_reinstated");
        }
        self.emit_about(id, "charge.dispute.closed");
        Ok(())
    }
}
