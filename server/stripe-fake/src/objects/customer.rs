use crate::ids::random_text;
use serde_json::{Value, json};

/// A customer about whom nothing is known yet.
pub(crate) fn customer(id: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "customer",
        "address": null,
        "balance": 0,
        "created": now,
        "currency": null,
        "customer_account": null,
        "default_source": null,
        "delinquent": false,
        "description": null,
        "discount": null,
        "email": null,
        "invoice_prefix": random_text(8).to_uppercase(),
        "invoice_settings": {
            "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null,
        },
        "livemode": false,
        "metadata": {},
        "name": null,
        "next_invoice_sequence": 1,
        "phone": null,
        "preferred_locales": [],
        "shipping": null,
        "tax_exempt": "none",
        "test_clock": null,
    })
}

/// What is left of a deleted object.
pub(crate) fn deleted(id: &str, kind: &str) -> Value {
    json!({"id": id, "object": kind, "deleted": true})
}

/// A test clock.
pub(crate) fn test_clock(id: &str, frozen_time: i64, name: Option<&str>, now: i64) -> Value {
    json!({
        "id": id,
        "object": "test_helpers.test_clock",
        "created": now,
        "deletes_after": now + 30 * 86_400,
        "frozen_time": frozen_time,
        "livemode": false,
        "name": name,
        "status": "ready",
        "status_details": {},
    })
}
