//! From what is kept to what is answered: prices looked up, own notes left out, references expanded.

use super::World;
use crate::{error::ApiError, objects::catalog};
use serde_json::{Map, Value, json};

impl World {
    /// The object as it is answered, nothing expanded.
    pub(crate) fn render(&self, object: &Value) -> Value {
        match object {
            Value::Object(fields) => {
                let priced = matches!(
                    fields.get("object").and_then(Value::as_str),
                    Some("subscription_item" | "item")
                );
                let mut shown: Map<String, Value> = fields
                    .iter()
                    .filter(|(name, _)| !name.starts_with('_'))
                    .map(|(name, value)| {
                        let own_names = name == "metadata";
                        (name.clone(), if own_names { value.clone() } else { self.render(value) })
                    })
                    .collect();
                if priced {
                    self.put_price(&mut shown);
                }
                Value::Object(shown)
            }
            Value::Array(items) => items.iter().map(|item| self.render(item)).collect(),
            scalar => scalar.clone(),
        }
    }

    /// Items keep only their price's id, so that they always show the price as it is now.
    fn put_price(&self, item: &mut Map<String, Value>) {
        let Some(price) = item.get("price").and_then(Value::as_str).and_then(|id| self.store.get(id)) else {
            return;
        };
        let price = self.render(price);
        if item.get("object").is_some_and(|kind| kind == "subscription_item") {
            item.insert("plan".into(), catalog::plan(&price));
        }
        item.insert("price".into(), price);
    }

    /// Replaces the references named by `paths` (`customer`, `data.latest_invoice`) with their objects.
    pub(crate) fn expand(&self, answer: &mut Value, paths: &[String]) -> Result<(), ApiError> {
        for path in paths {
            let steps: Vec<&str> = path.split('.').collect();
            if steps.len() > 4 {
                return Err(
                    ApiError::invalid("You cannot expand more than 4 levels of a property.").param("expand")
                );
            }
            let list_of_none =
                answer["object"] == "list" && answer["data"].as_array().is_some_and(Vec::is_empty);
            if !list_of_none && !self.expand_step(answer, &steps) {
                let message = format!("This property cannot be expanded ({path}).");
                return Err(ApiError::invalid(message).param("expand"));
            }
        }
        Ok(())
    }

    /// Whether the path led somewhere.
    fn expand_step(&self, at: &mut Value, steps: &[&str]) -> bool {
        if let Value::Array(items) = at {
            let led: Vec<bool> = items.iter_mut().map(|item| self.expand_step(item, steps)).collect();
            return led.into_iter().all(|led| led);
        }
        let Some((step, rest)) = steps.split_first() else { return true };
        if at.get(*step).is_none()
            && let Some(included) = self.includable(at, step)
        {
            at[*step] = included;
        }
        let Some(inside) = at.get_mut(*step) else { return false };
        if let Some(object) = inside.as_str().and_then(|id| self.store.get(id)) {
            *inside = self.render(object);
        }
        // A reference that is empty, or an object that was never a reference.
        inside.is_null() || (inside.is_object() || inside.is_array()) && self.expand_step(inside, rest)
    }

    /// Lists that objects contain only when they are asked for.
    fn includable(&self, object: &Value, name: &str) -> Option<Value> {
        let id = object["id"].as_str()?;
        let of_kind = |kind: &str, field: &str| -> Vec<Value> {
            self.store
                .newest_first(kind)
                .filter(|other| other[field] == id)
                .map(|other| self.render(other))
                .collect()
        };
        let (data, url) = match (object["object"].as_str()?, name) {
            ("invoice", "payments") => {
                (of_kind("invoice_payment", "invoice"), format!("/v1/invoices/{id}/payments"))
            }
            ("checkout.session", "line_items") => {
                let items = self.store.get(id)?["_line_items"].as_array()?;
                let items = items.iter().map(|item| self.render(item)).collect();
                (items, format!("/v1/checkout/sessions/{id}/line_items"))
            }
            ("customer", "subscriptions") => {
                let live = of_kind("subscription", "customer")
                    .into_iter()
                    .filter(|other| other["status"] != "canceled");
                (live.collect(), format!("/v1/customers/{id}/subscriptions"))
            }
            ("charge", "refunds") => (of_kind("refund", "charge"), format!("/v1/charges/{id}/refunds")),
            _ => return None,
        };
        Some(json!({"object": "list", "data": data, "has_more": false, "url": url}))
    }
}
