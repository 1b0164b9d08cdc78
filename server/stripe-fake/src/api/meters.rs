use super::{Call, Route};
use crate::{error::ApiError, ids::random_text, world::World};
use serde_json::{Value, json};

pub(super) const ROUTES: &[Route] = &[Route {
    method: "POST",
    path: "/v1/billing/meter_events",
    permission: "rak_billing_meter_event_write",
    params: &["event_name", "identifier", "payload.*", "timestamp"],
    handler: create,
}];

/// Usage is taken and kept; sent again under the same identifier it is refused.
fn create(world: &mut World, call: &Call) -> Result<Value, ApiError> {
    let params = &call.params;
    let now = world.now();
    let name = params.required("event_name")?;
    let payload = params.below("payload");
    world.named("customer", payload.required("stripe_customer_id")?, "payload[stripe_customer_id]")?;
    payload.required("value")?;
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
