use super::{Call, Route};
use crate::{
    error::ApiError,
    ids::{new_id, random_text},
    world::World,
};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: "POST",
        path: "/v1/billing/meters",
        permission: "rak_billing_meter_write",
        params: &[
            "customer_mapping.event_payload_key",
            "customer_mapping.type",
            "default_aggregation.formula",
            "display_name",
            "event_name",
            "value_settings.event_payload_key",
        ],
        handler: create_meter,
    },
    Route {
        method: "GET",
        path: "/v1/billing/meters/{}",
        permission: "rak_billing_meter_read",
        params: &[],
        handler: retrieve_meter,
    },
    Route {
        method: "POST",
        path: "/v1/billing/meter_events",
        permission: "rak_billing_meter_event_write",
        params: &["event_name", "identifier", "payload.*", "timestamp"],
        handler: create_event,
    },
];

fn create_meter(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let now = world.now();
    let formula = params.word("default_aggregation.formula", &["count", "last", "sum"])?;
    let customer_key = params.text("customer_mapping.event_payload_key").unwrap_or("stripe_customer_id");
    let meter = json!({
        "id": new_id("mtr"),
        "object": "billing.meter",
        "created": now,
        "customer_mapping": {"event_payload_key": customer_key, "type": "by_id"},
        "default_aggregation": {
            "formula": formula.ok_or_else(|| ApiError::missing("default_aggregation[formula]"))?,
        },
        "display_name": params.required("display_name")?,
        "event_name": params.required("event_name")?,
        "event_time_window": null,
        "livemode": false,
        "status": "active",
        "status_transitions": {"deactivated_at": null},
        "updated": now,
        "value_settings": {
            "event_payload_key": params.text("value_settings.event_payload_key").unwrap_or("value"),
        },
    });
    world.insert(meter.clone());
    Ok(meter)
}

fn retrieve_meter(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    world.find("billing.meter", call.id()).cloned()
}

/// Usage is taken and kept; sent again under the same identifier it is refused.
fn create_event(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let now = world.now();
    let name = params.required("event_name")?;
    let payload = params.below("payload");
    let meter = world.store.newest_first("billing.meter").find(|meter| meter["event_name"] == name);
    let key = |part: &str, otherwise: &str| {
        let named = meter.and_then(|meter| meter[part]["event_payload_key"].as_str());
        named.unwrap_or(otherwise).to_owned()
    };
    let (customer_key, value_key) =
        (key("customer_mapping", "stripe_customer_id"), key("value_settings", "value"));
    let param = format!("payload[{customer_key}]");
    world.named("customer", payload.required(&customer_key)?, &param)?;
    payload.required(&value_key)?;
    let identifier = params.text("identifier").map_or_else(|| random_text(32), str::to_owned);
    let id = format!("meter_event {identifier}");
    if world.store.get(&id).is_some() {
        let message = format!("An event already exists with identifier {identifier}.");
        return Err(ApiError::invalid(message).code("duplicate_meter_event").param("identifier"));
    }
    let event = json!({
        "object": "billing.meter_event",
        "created": now,
        "event_name": name,
        "identifier": identifier,
        "livemode": false,
        "payload": payload.fields(),
        "timestamp": params.integer("timestamp")?.unwrap_or(now),
    });
    let mut kept = event.clone();
    kept["id"] = json!(id);
    world.insert(kept);
    Ok(event)
}
