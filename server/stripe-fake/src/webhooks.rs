//! Sending events: signed, all at once and out of order, again with growing pauses when refused.

use crate::{
    FakeStripe,
    chaos::shuffle,
    ids::random_text,
    objects::old_shape,
    world::{Delivery, World, text},
};
use latchkey_stripe::webhook::sign;
use serde_json::{Value, json};
use std::time::Duration;

/// Pauses between tries, in seconds of the stand-in's time; after the last one it gives up.
const PAUSES: [i64; 9] = [60, 300, 1_800, 7_200, 18_000, 36_000, 43_200, 43_200, 86_400];
/// How long an endpoint may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often due deliveries are looked for when nobody says that there are any.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How long an old secret goes on signing after a new one was made, in seconds.
const ROLL_OVERLAP: i64 = 86_400;

/// One delivery, ready to be sent.
struct Outbound {
    number: u64,
    url: String,
    payload: String,
    signature: String,
}

/// Sends what is due, for as long as the stand-in runs.
pub(crate) async fn deliver_forever(fake: FakeStripe) {
    loop {
        let due = fake.world().take_due();
        for outbound in due {
            let fake = fake.clone();
            tokio::spawn(async move { deliver(fake, outbound).await });
        }
        fake.wait_for_deliveries(LOOK_EVERY).await;
    }
}

async fn deliver(fake: FakeStripe, outbound: Outbound) {
    let request = fake
        .http()
        .post(&outbound.url)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Stripe-Signature", outbound.signature)
        .body(outbound.payload);
    let delivered = match request.send().await {
        Ok(answer) => answer.status().is_success(),
        Err(error) => {
            tracing::debug!(url = outbound.url, %error, "webhook not delivered");
            false
        }
    };
    fake.world().settle(outbound.number, delivered);
}

impl World {
    /// Takes what is due now, in the order in which it is to be sent.
    fn take_due(&mut self) -> Vec<Outbound> {
        let now = self.now();
        let mut numbers: Vec<u64> = self
            .deliveries
            .iter()
            .filter(|delivery| !delivery.in_flight && delivery.due <= now)
            .map(|delivery| delivery.number)
            .collect();
        if self.chaos.webhooks.shuffle {
            let seed = numbers.first().copied().unwrap_or_default();
            shuffle(&mut numbers, seed);
        }
        numbers.into_iter().filter_map(|number| self.outbound(number, now)).collect()
    }

    fn outbound(&mut self, number: u64, now: i64) -> Option<Outbound> {
        let position = self.deliveries.iter().position(|delivery| delivery.number == number)?;
        let delivery = self.deliveries[position].clone();
        let (Some(endpoint), Some(event)) =
            (self.store.get(&delivery.endpoint), self.store.get(&delivery.event))
        else {
            self.deliveries.remove(position);
            return None;
        };
        let (endpoint, event) = (endpoint.clone(), event.clone());
        self.deliveries[position].in_flight = true;
        let payload = self.payload(&event, &endpoint);
        let secrets = live_secrets(&endpoint, now);
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let mut signature = sign(payload.as_bytes(), &secrets, now - self.chaos.webhooks.stale_secs);
        if self.chaos.webhooks.take_corrupt() {
            signature = sign(payload.as_bytes(), &["whsec_corrupted"], now);
        }
        Some(Outbound { number, url: text(&endpoint, "url").to_owned(), payload, signature })
    }

    /// The event as this endpoint gets it: in the shape of the version it was made with.
    fn payload(&self, event: &Value, endpoint: &Value) -> String {
        let mut shown = self.render(event);
        let version = endpoint["api_version"].as_str();
        if let Some(version) = version {
            shown["api_version"] = json!(version);
        }
        if self.chaos.webhooks.old_shape || version.is_some_and(old_shape::is_old) {
            old_shape::restore(&mut shown["data"]["object"]);
            if version.is_none_or(|version| !old_shape::is_old(version)) {
                shown["api_version"] = json!("2024-06-20");
            }
        }
        shown.to_string()
    }

    /// Notes how a delivery ended.
    fn settle(&mut self, number: u64, delivered: bool) {
        let Some(position) = self.deliveries.iter().position(|delivery| delivery.number == number) else {
            return;
        };
        let now = self.now();
        if delivered {
            let Delivery { event, endpoint, .. } = self.deliveries.remove(position);
            self.note_delivered(&event, &endpoint);
            return;
        }
        let delivery = &mut self.deliveries[position];
        delivery.in_flight = false;
        if let Some(pause) = PAUSES.get(delivery.attempts) {
            delivery.attempts += 1;
            delivery.due = now + pause;
        } else {
            let event = self.deliveries.remove(position).event;
            self.change(&event, |event| event["_lost"] = json!(true));
        }
    }

    fn note_delivered(&mut self, event: &str, endpoint: &str) {
        self.change(event, |event| {
            let mut told = event["_told"].as_array().cloned().unwrap_or_default();
            if !told.iter().any(|one| one == endpoint) {
                told.push(json!(endpoint));
                let pending = event["pending_webhooks"].as_i64().unwrap_or_default();
                event["pending_webhooks"] = json!((pending - 1).max(0));
            }
            event["_told"] = json!(told);
        });
    }

    /// Whether something is being sent, or should be by now.
    pub(crate) fn is_delivering(&self) -> bool {
        let now = self.now();
        self.deliveries.iter().any(|delivery| delivery.in_flight || delivery.due <= now)
    }

    /// Makes a new secret for an endpoint. For a day both sign.
    pub(crate) fn roll_secret(&mut self, endpoint: &str) -> Option<String> {
        self.find("webhook_endpoint", endpoint).ok()?;
        let until = self.now() + ROLL_OVERLAP;
        let secret = format!("whsec_{}", random_text(32));
        self.change(endpoint, |endpoint| {
            let mut secrets = endpoint["_secrets"].as_array().cloned().unwrap_or_default();
            for old in &mut secrets {
                old["until"] = json!(until);
            }
            secrets.push(json!({"secret": secret, "until": null}));
            endpoint["_secrets"] = json!(secrets);
        });
        Some(secret)
    }
}

fn live_secrets(endpoint: &Value, now: i64) -> Vec<String> {
    let secrets = endpoint["_secrets"].as_array().into_iter().flatten();
    let live = secrets.filter(|secret| secret["until"].as_i64().is_none_or(|until| until > now));
    live.map(|secret| text(secret, "secret").to_owned()).collect()
}
