//! Objects as they were before version 2025-03-31, for endpoints and callers that still name one.

use serde_json::{Value, json};

/// The first version in which periods are on items and an invoice's subscription is in `parent`.
const NEW_SHAPE_SINCE: &str = "2025-03-31";

/// Whether `version` is one of the old ones.
pub(crate) fn is_old(version: &str) -> bool {
    version < NEW_SHAPE_SINCE
}

/// Turns every object inside back into the old shape.
pub(crate) fn restore(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(restore),
        Value::Object(fields) => {
            fields.values_mut().for_each(restore);
            match fields.get("object").and_then(Value::as_str) {
                Some("subscription") => subscription(value),
                Some("invoice") => invoice(value),
                Some("line_item") => line(value),
                _ => {}
            }
        }
        _ => {}
    }
}

fn subscription(value: &mut Value) {
    for name in ["current_period_start", "current_period_end"] {
        let moments =
            value["items"]["data"].as_array().into_iter().flatten().filter_map(|item| item[name].as_i64());
        let moment = if name.ends_with("start") { moments.min() } else { moments.max() };
        value[name] = json!(moment);
    }
    for item in value["items"]["data"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = item.as_object_mut() {
            fields.remove("current_period_start");
            fields.remove("current_period_end");
        }
    }
    // The boolean was the only way of saying it.
    value["cancel_at_period_end"] = json!(!value["cancel_at"].is_null());
}

fn invoice(value: &mut Value) {
    let details = value["parent"]["subscription_details"].clone();
    value["subscription"] = details["subscription"].clone();
    value["subscription_details"] = json!({"metadata": details["metadata"]});
    value["paid"] = json!(value["status"] == "paid");
    if let Some(fields) = value.as_object_mut() {
        fields.remove("parent");
    }
}

fn line(value: &mut Value) {
    let details = value["parent"]["subscription_item_details"].clone();
    value["type"] = json!("subscription");
    value["subscription_item"] = details["subscription_item"].clone();
    value["proration"] = json!(details["proration"] == true);
    value["price"] = json!({"id": value["pricing"]["price_details"]["price"], "object": "price"});
    if let Some(fields) = value.as_object_mut() {
        fields.remove("parent");
        fields.remove("pricing");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_apart() {
        assert!(is_old("2018-09-06") && is_old("2024-06-20") && is_old("2025-02-24.acacia"));
        assert!(!is_old("2025-03-31.basil") && !is_old("2026-09-30.endive"));
    }

    #[test]
    fn the_client_reads_the_old_shape_too() {
        let mut invoice = json!({"object": "invoice", "status": "paid", "parent": {
            "subscription_details": {"subscription": "sub_1", "metadata": {"a": "b"}},
        }});
        restore(&mut invoice);
        assert_eq!(invoice["subscription"], "sub_1");
        let read: latchkey_stripe::Raw<latchkey_stripe::Invoice> = latchkey_stripe::Raw::new(invoice);
        assert_eq!(latchkey_stripe::subscription::invoice_subscription(&read), Some("sub_1"));
    }
}
