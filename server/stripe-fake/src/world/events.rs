//! What happened, and whom it must be told.

use super::World;
use crate::{ids::new_id, objects::event};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// How long events can be listed, in seconds.
const EVENTS_KEPT: i64 = 30 * 86_400;

/// One event on its way to one endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Delivery {
    /// Tells deliveries of the same event apart.
    pub(crate) number: u64,
    pub(crate) event: String,
    pub(crate) endpoint: String,
    /// When to send it, seconds since 1970.
    pub(crate) due: i64,
    /// How often it was tried.
    pub(crate) attempts: usize,
    /// Whether it is being sent right now.
    pub(crate) in_flight: bool,
}

impl World {
    /// Notes that something happened to `object` and queues it for every endpoint that wants to know.
    pub(crate) fn emit(&mut self, kind: &str, object: &Value, previous: Option<Value>) {
        if self.quiet {
            return;
        }
        let now = self.now();
        let endpoints = self.store.ids("webhook_endpoint", |endpoint| wants(endpoint, kind));
        let id = new_id("evt");
        let shown = self.render(object);
        self.store.insert(event::event(&id, kind, shown, previous, now, &self.request, endpoints.len()), now);
        for endpoint in endpoints {
            self.queue(&id, &endpoint);
        }
        self.forget_old_events(now);
    }

    /// Queues an event for an endpoint, as often and as late as was asked for.
    pub(crate) fn queue(&mut self, event: &str, endpoint: &str) {
        let due = self.now() + self.chaos.webhooks.delay_secs;
        if self.chaos.webhooks.take_drop() {
            self.change(event, |event| event["_lost"] = json!(true));
            return;
        }
        for _ in 0..=self.chaos.webhooks.duplicates {
            self.next_delivery += 1;
            self.deliveries.push(Delivery {
                number: self.next_delivery,
                event: event.to_owned(),
                endpoint: endpoint.to_owned(),
                due,
                attempts: 0,
                in_flight: false,
            });
        }
    }

    /// Queues an event again for every endpoint that wants it.
    pub(crate) fn resend(&mut self, event: &str) -> bool {
        let Some(kind) = self.store.get(event).and_then(|event| event["type"].as_str()).map(str::to_owned)
        else {
            return false;
        };
        for endpoint in self.store.ids("webhook_endpoint", |endpoint| wants(endpoint, &kind)) {
            self.queue(event, &endpoint);
        }
        true
    }

    fn forget_old_events(&mut self, now: i64) {
        let old =
            |event: &&Value| event["created"].as_i64().is_some_and(|created| created < now - EVENTS_KEPT);
        let expired: Vec<String> = self
            .store
            .newest_first("event")
            .rev()
            .take_while(old)
            .filter_map(|event| event["id"].as_str().map(str::to_owned))
            .collect();
        for id in expired {
            self.store.remove(&id);
        }
    }
}

fn wants(endpoint: &Value, kind: &str) -> bool {
    let listed = endpoint["enabled_events"]
        .as_array()
        .is_some_and(|names| names.iter().any(|name| name == kind || name == "*"));
    listed && endpoint["status"] == "enabled"
}

/// What changed fields held before. Of metadata only the changed keys are named, new ones as null.
pub(crate) fn previous_attributes(before: &Value, after: &Value) -> Value {
    let (Value::Object(before), Value::Object(after)) = (before, after) else { return json!({}) };
    let mut previous = Map::new();
    for name in before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))) {
        let (old, new) = (before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null));
        if old == new {
            continue;
        }
        let nested = old.is_object() && new.is_object() && name != "items";
        previous.insert(name.clone(), if nested { previous_attributes(old, new) } else { old.clone() });
    }
    Value::Object(previous)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_named() {
        let before = json!({"status": "trialing", "metadata": {"skm_temp_var": "x", "a": "b"}, "same": [1]});
        let after = json!({"status": "active", "metadata": {"skm_key_id": "7", "a": "b"}, "same": [1]});
        assert_eq!(
            previous_attributes(&before, &after),
            json!({"status": "trialing", "metadata": {"skm_temp_var": "x", "skm_key_id": null}})
        );
    }
}
