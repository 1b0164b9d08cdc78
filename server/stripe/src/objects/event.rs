use crate::{Listed, raw::Identified, tolerant::tolerant_object};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Something that happened at Stripe. Read from a snapshot event (`object: "event"`, the whole object
/// inside) or a thin one (`object: "v2.core.event"`, only a reference). It is a signal: what counts is
/// fetched afterwards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// `evt_…`; empty when the payload has none.
    pub id: String,
    /// The type, such as `invoice.paid`.
    pub kind: String,
    /// Seconds since 1970; 0 when unknown.
    pub created: i64,
    /// The version its object is rendered in.
    pub api_version: Option<String>,
    /// False in a sandbox.
    pub livemode: bool,
    /// The connected account, where there is one.
    pub account: Option<String>,
    /// Which call caused it.
    pub request: EventRequest,
    /// The object as it was; `Null` in thin events.
    pub object: Value,
    /// What changed fields held before, for `*.updated`.
    pub previous_attributes: Value,
    /// The whole payload.
    pub raw: Value,
}

tolerant_object! {
    /// The call that caused an event. Empty for what Stripe did by itself.
    EventRequest {
        /// `req_…`
        id: Option<String>,
        /// The call's idempotency key.
        idempotency_key: Option<String>,
    }
}

impl Event {
    /// Reads any JSON object as an event; what is missing stays empty.
    pub fn from_value(raw: Value) -> Self {
        let text = |name: &str| raw[name].as_str().map(str::to_owned);
        Self {
            id: text("id").unwrap_or_default(),
            kind: text("type").unwrap_or_default(),
            created: seconds(&raw["created"]),
            api_version: text("api_version"),
            livemode: raw["livemode"].as_bool().unwrap_or_default(),
            account: text("account"),
            request: EventRequest::deserialize(&raw["request"]).unwrap_or_default(),
            object: raw["data"]["object"].clone(),
            previous_attributes: raw["data"]["previous_attributes"].clone(),
            raw,
        }
    }

    /// Whether only a reference came, not the object.
    pub fn is_thin(&self) -> bool {
        self.raw["object"] == "v2.core.event"
    }

    /// Id of the object it is about. Some have none (an upcoming invoice).
    pub fn object_id(&self) -> Option<&str> {
        self.object["id"].as_str().or_else(|| self.raw["related_object"]["id"].as_str())
    }

    /// The customer it concerns, as far as the event itself says.
    pub fn customer_id(&self) -> Option<&str> {
        self.concerned("cus_", &[&self.object["customer"]])
    }

    /// The charge it concerns.
    pub fn charge_id(&self) -> Option<&str> {
        self.concerned("ch_", &[&self.object["charge"]])
    }

    /// The subscription it concerns, in the new and the old shape of invoices.
    pub fn subscription_id(&self) -> Option<&str> {
        let parent = &self.object["parent"]["subscription_details"]["subscription"];
        self.concerned("sub_", &[&self.object["subscription"], parent])
    }

    fn concerned<'a>(&'a self, prefix: &str, references: &[&'a Value]) -> Option<&'a str> {
        let own = self.object_id().filter(|id| id.starts_with(prefix));
        own.or_else(|| references.iter().find_map(|value| value.as_str().or_else(|| value["id"].as_str())))
    }
}

/// Snapshot events count seconds; thin ones write the time out.
fn seconds(created: &Value) -> i64 {
    let written =
        || chrono::DateTime::parse_from_rfc3339(created.as_str()?).ok().map(|time| time.timestamp());
    created.as_i64().or_else(written).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from_value)
    }
}

impl Identified for Event {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Listed for Event {
    const PATH: &'static str = "/v1/events";
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_are_found_in_every_shape() {
        let new = Event::from_value(json!({"data": {"object": {
            "id": "in_1", "customer": "cus_1",
            "parent": {"subscription_details": {"subscription": "sub_1"}},
        }}}));
        assert_eq!(
            (new.object_id(), new.customer_id(), new.subscription_id()),
            (Some("in_1"), Some("cus_1"), Some("sub_1"))
        );
        let old =
            Event::from_value(json!({"data": {"object": {"id": "in_1", "subscription": {"id": "sub_2"}}}}));
        assert_eq!((old.customer_id(), old.subscription_id()), (None, Some("sub_2")));
        let own =
            Event::from_value(json!({"data": {"object": {"id": "sub_3", "customer": {"id": "cus_3"}}}}));
        assert_eq!((own.customer_id(), own.subscription_id()), (Some("cus_3"), Some("sub_3")));
    }

    #[test]
    fn thin_events_carry_a_reference_and_a_written_time() {
        let thin = Event::from_value(json!({
            "id": "evt_1", "object": "v2.core.event", "type": "v1.customer.subscription.updated",
            "created": "2026-11-21T10:00:00.000Z", "related_object": {"id": "sub_9", "type": "subscription"},
        }));
        assert!(thin.is_thin());
        assert_eq!(thin.subscription_id(), Some("sub_9"));
        assert_eq!(thin.created, 1_795_255_200);
    }

    #[test]
    fn nonsense_becomes_an_empty_event() {
        let event = Event::from_value(json!({"id": 5, "data": "x", "request": 1, "created": {}}));
        assert_eq!((event.id.as_str(), event.created, event.object_id()), ("", 0, None));
    }
}
