//! Stripe's request bodies: nested values flattened to `a[b][0][c]=…` and percent-encoded.

use serde::Serialize;
use serde_json::Value;

/// Flattens `params` to bracket form. Nothing is sent for `null`, empty lists and empty objects; an
/// empty string is sent, since it is how Stripe is told to clear a field or a metadata key.
///
/// # Errors
/// When `params` cannot be represented as JSON (a map with keys that are not text).
pub fn encode(params: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (key, value) in pairs(&serde_json::to_value(params)?) {
        form.append_pair(&key, &value);
    }
    Ok(form.finish())
}

/// The pairs of [`encode`] before percent-encoding, in order.
pub fn pairs(params: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    if let Value::Object(fields) = params {
        for (key, value) in fields {
            flatten(key.clone(), value, &mut out);
        }
    }
    out
}

fn flatten(key: String, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => out.push((key, flag.to_string())),
        Value::Number(number) => out.push((key, number.to_string())),
        Value::String(text) => out.push((key, text.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(format!("{key}[{index}]"), item, out);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                flatten(format!("{key}[{name}]"), item, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, json};

    #[test]
    fn nested_values_become_brackets() {
        let body = encode(&json!({
            "customer": "cus_1",
            "items": [{"price": "price_1", "quantity": 2}],
            "metadata": {"skm_temp_var": ""},
            "nothing": null,
            "enabled": true,
        }))
        .unwrap();
        let mut parts: Vec<&str> = body.split('&').collect();
        parts.sort_unstable();
        assert_eq!(
            parts,
            [
                "customer=cus_1",
                "enabled=true",
                "items%5B0%5D%5Bprice%5D=price_1",
                "items%5B0%5D%5Bquantity%5D=2",
                "metadata%5Bskm_temp_var%5D=",
            ]
        );
    }

    /// Puts one decoded pair back into a tree in which lists are objects with numbers as names.
    fn insert(tree: &mut Map<String, Value>, key: &str, value: &str) {
        let (head, rest) = key.split_once('[').map_or((key, ""), |(head, rest)| (head, rest));
        let mut steps = vec![head.to_owned()];
        steps.extend(
            rest.split('[').filter(|step| !step.is_empty()).map(|step| step.trim_end_matches(']').to_owned()),
        );
        let last = steps.pop().unwrap();
        let mut at = tree;
        for step in steps {
            at = at.entry(step).or_insert_with(|| json!({})).as_object_mut().unwrap();
        }
        assert!(at.insert(last, json!(value)).is_none(), "{key} came twice");
    }

    /// The same tree, made from the value itself.
    fn expected(value: &Value) -> Option<Value> {
        let fields: Map<String, Value> = match value {
            Value::Null => return None,
            Value::String(text) => return Some(json!(text)),
            Value::Object(fields) => {
                fields.iter().filter_map(|(name, item)| Some((name.clone(), expected(item)?))).collect()
            }
            Value::Array(items) => items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| Some((index.to_string(), expected(item)?)))
                .collect(),
            scalar => return Some(json!(scalar.to_string())),
        };
        (!fields.is_empty()).then_some(Value::Object(fields))
    }

    fn any_params() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        let tree = leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z_&=%+ é]{1,6}", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        });
        prop::collection::btree_map("[a-z_]{1,8}", tree, 0..5)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn what_is_encoded_can_be_read_back(params in any_params()) {
            let body = encode(&params).unwrap();
            let mut tree = Map::new();
            for (key, value) in form_urlencoded::parse(body.as_bytes()) {
                insert(&mut tree, &key, &value);
            }
            prop_assert_eq!(Value::Object(tree), expected(&params).unwrap_or_else(|| json!({})));
        }
    }
}
