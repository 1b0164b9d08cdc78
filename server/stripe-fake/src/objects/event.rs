use latchkey_stripe::API_VERSION;
use serde_json::{Value, json};

/// An event with a snapshot of its object.
pub(crate) fn event(
    id: &str,
    kind: &str,
    object: Value,
    previous: Option<Value>,
    now: i64,
    request: &Value,
    pending: usize,
) -> Value {
    let mut data = json!({"object": object});
    if let Some(previous) = previous {
        data["previous_attributes"] = previous;
    }
    let request =
        if request.is_null() { json!({"id": null, "idempotency_key": null}) } else { request.clone() };
    json!({
        "id": id,
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": data,
        "livemode": false,
        "pending_webhooks": pending,
        "request": request,
        "type": kind,
    })
}

/// An address that is told about events.
pub(crate) fn webhook_endpoint(id: &str, url: &str, enabled_events: Vec<String>, now: i64) -> Value {
    json!({
        "id": id,
        "object": "webhook_endpoint",
        "api_version": null,
        "application": null,
        "created": now,
        "description": null,
        "enabled_events": enabled_events,
        "livemode": false,
        "metadata": {},
        "status": "enabled",
        "url": url,
    })
}
