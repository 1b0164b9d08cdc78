//! What happens when a customer pays on the pay page.

use super::{
    DAY,
    cards::{Outcome, TestCard},
    discounts::Chosen,
    start::{NewItem, NewSubscription},
};
use crate::{
    error::ApiError,
    ids::new_id,
    objects::{customer, payment},
    world::{World, number, text},
};
use serde_json::{Value, json};

/// What becomes of the webhooks of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WebhookFate {
    /// They are sent at once.
    #[default]
    Prompt,
    /// They are sent half a minute later.
    Delayed,
    /// They are never sent.
    Lost,
}

/// How the customer pays.
#[derive(Default)]
pub(crate) struct Paying<'a> {
    /// `None` where no card is asked for.
    pub(crate) card: Option<&'a TestCard>,
    /// Whether the customer confirmed the payment with the bank.
    pub(crate) authenticated: bool,
    pub(crate) email: Option<String>,
    pub(crate) promotion_code: Option<String>,
    pub(crate) fate: WebhookFate,
}

/// How long delayed webhooks wait, in seconds.
const DELAY: i64 = 30;

impl World {
    /// Completes an open session.
    pub(crate) fn complete_checkout(&mut self, id: &str, paying: &Paying<'_>) -> Result<(), ApiError> {
        let before = self.chaos.webhooks.clone();
        match paying.fate {
            WebhookFate::Prompt => {}
            WebhookFate::Delayed => self.chaos.webhooks.delay_secs = DELAY,
            WebhookFate::Lost => self.chaos.webhooks.drop_next = u32::MAX,
        }
        let done = self.complete(id, paying);
        match paying.fate {
            WebhookFate::Prompt => {}
            WebhookFate::Delayed => self.chaos.webhooks.delay_secs = before.delay_secs,
            WebhookFate::Lost => self.chaos.webhooks.drop_next = before.drop_next,
        }
        done
    }

    fn complete(&mut self, id: &str, paying: &Paying<'_>) -> Result<(), ApiError> {
        let session = self.find("checkout.session", id)?.clone();
        if session["status"] != "open" {
            return Err(ApiError::invalid("This session can no longer be paid."));
        }
        let discount = self.session_discount(&session, paying)?;
        let due = self.session_due(&session, discount.as_ref());
        let needs_card = due > 0 || session["payment_method_collection"] == "always";
        let card = if needs_card {
            Some(paying.card.ok_or_else(|| ApiError::missing("card"))?)
        } else {
            paying.card
        };
        let known = session["customer"].as_str();
        if let Some(card) = card {
            self.refuse_bad_card(known.unwrap_or_default(), card, paying.authenticated)?;
        }
        let payer = match known {
            Some(customer) => customer.to_owned(),
            None => self.customer_from_checkout(&session, paying),
        };
        let method = card.map(|card| self.attach_card(&payer, card));
        let later = due > 0 && method.as_deref().is_some_and(|method| self.is_account(method));
        let made = if session["mode"] == "payment" {
            self.take_single_payment(&session, &payer, method.as_deref(), due)
        } else {
            self.subscribe(&session, &payer, method, discount)
        };
        let status = match () {
            () if later && made.0 == "subscription" => "unpaid",
            () if due > 0 => "paid",
            () => "no_payment_required",
        };
        self.close_session(id, &payer, made, (due, status), paying);
        Ok(())
    }

    /// A card that would not pay leaves no trace but the message.
    fn refuse_bad_card(&self, customer: &str, card: &TestCard, authenticated: bool) -> Result<(), ApiError> {
        if card.authenticates() && !authenticated {
            return Err(Outcome::NeedsAuthentication.error().unwrap_or_else(ApiError::internal));
        }
        self.first_payment(customer, card).error().map_or(Ok(()), Err)
    }

    fn session_discount(&self, session: &Value, paying: &Paying<'_>) -> Result<Option<Chosen>, ApiError> {
        let typed = paying.promotion_code.as_deref().filter(|code| !code.trim().is_empty());
        if let Some(code) = typed.filter(|_| session["allow_promotion_codes"] == true) {
            let chosen = self.coupon_for_code(code);
            return chosen
                .map(Some)
                .ok_or_else(|| ApiError::invalid("This code is invalid.").param("promotion_code"));
        }
        let fixed = &session["_discount"];
        Ok(fixed["coupon"].as_str().map(|coupon| Chosen {
            coupon: coupon.to_owned(),
            promotion_code: fixed["promotion_code"].as_str().map(str::to_owned),
        }))
    }

    /// What the customer has to pay now, in minor units.
    fn session_due(&self, session: &Value, discount: Option<&Chosen>) -> i64 {
        if trial_end(session, self.now()).is_some() {
            return 0;
        }
        let total = self.items_total(&session_items(session));
        total - discount.map_or(0, |chosen| self.taken_off(&chosen.coupon, total))
    }

    fn customer_from_checkout(&mut self, session: &Value, paying: &Paying<'_>) -> String {
        let id = new_id("cus");
        let mut made = customer::customer(&id, self.now());
        made["email"] = json!(paying.email.as_deref().or_else(|| session["customer_email"].as_str()));
        self.create(made, "customer.created");
        id
    }

    fn subscribe(
        &mut self,
        session: &Value,
        payer: &str,
        method: Option<String>,
        discount: Option<Chosen>,
    ) -> (&'static str, Option<String>) {
        let data = &session["_subscription_data"];
        let (id, _) = self.start_subscription(NewSubscription {
            customer: payer.to_owned(),
            items: session_items(session),
            metadata: data["metadata"].as_object().cloned().unwrap_or_default(),
            trial_end: trial_end(session, self.now_for(payer)),
            missing_payment_method: data["missing_payment_method"].as_str().map(str::to_owned),
            description: data["description"].as_str().map(str::to_owned),
            payment_method: method,
            discount,
            agreed: true,
        });
        ("subscription", Some(id))
    }

    fn take_single_payment(
        &mut self,
        session: &Value,
        payer: &str,
        method: Option<&str>,
        due: i64,
    ) -> (&'static str, Option<String>) {
        let Some(method) = method else { return ("payment_intent", None) };
        let now = self.now_for(payer);
        let id = new_id("pi");
        let mut intent = payment::payment_intent(&id, due, text(session, "currency"), payer, now);
        intent["metadata"] =
            session["_payment_metadata"].as_object().cloned().map_or(json!({}), Value::Object);
        let card = self.store.get(method).cloned().unwrap_or_default();
        let charge = payment::charge(&new_id("ch"), &intent, &card, "", now);
        intent["status"] = json!("succeeded");
        intent["amount_received"] = json!(due);
        intent["latest_charge"] = charge["id"].clone();
        intent["payment_method"] = json!(method);
        self.create(charge, "charge.succeeded");
        self.create(intent, "payment_intent.succeeded");
        ("payment_intent", Some(id))
    }

    fn close_session(
        &mut self,
        id: &str,
        payer: &str,
        (kind, made): (&'static str, Option<String>),
        (due, payment_status): (i64, &str),
        paying: &Paying<'_>,
    ) {
        let customer = self.store.get(payer).cloned().unwrap_or_default();
        let invoice =
            made.as_ref().and_then(|made| self.store.get(made)).map(|made| made["latest_invoice"].clone());
        let email = paying.email.as_deref().map_or_else(|| customer["email"].clone(), |email| json!(email));
        self.change(id, |session| {
            session["status"] = json!("complete");
            session["payment_status"] = json!(payment_status);
            session["amount_total"] = json!(due);
            session["total_details"]["amount_discount"] = json!((number(session, "amount_subtotal") - due).max(0));
            session["url"] = Value::Null;
            session["customer"] = json!(payer);
            session[kind] = json!(made);
            session["invoice"] = invoice.unwrap_or_default();
            session["customer_details"] = json!({
                "address": customer["address"], "business_name": null, "email": email, "individual_name": null,
                "name": customer["name"], "phone": customer["phone"], "tax_exempt": "none", "tax_ids": [],
            });
        });
        self.emit_about(id, "checkout.session.completed");
    }
}

fn session_items(session: &Value) -> Vec<NewItem> {
    let items = session["_line_items"].as_array().into_iter().flatten();
    items
        .map(|item| NewItem {
            price: text(item, "price").to_owned(),
            quantity: item["quantity"].as_i64(),
            ..NewItem::default()
        })
        .collect()
}

/// When the trial of what the session starts would end; `None` without one.
pub(crate) fn trial_end(session: &Value, now: i64) -> Option<i64> {
    let data = &session["_subscription_data"];
    let days = data["trial_period_days"].as_i64().map(|days| now + days * DAY);
    data["trial_end"].as_i64().or(days).filter(|end| *end > now)
}
