//! Reading Stripe's bracket form: `a[b][0][c]=`, `a[]=`, everything text.

use crate::error::ApiError;
use serde_json::{Map, Value};

/// How deep parameters may nest.
const DEEPEST: usize = 8;

/// Reads a query string or body into a tree of objects, lists and text.
pub(crate) fn decode(text: &[u8]) -> Result<Map<String, Value>, ApiError> {
    let mut root = Value::Object(Map::new());
    for (key, value) in form_urlencoded::parse(text) {
        insert(&mut root, &steps(&key)?, &value, &key)?;
    }
    match lists(root) {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

/// `a[b][]` as `a`, `b` and an empty step.
fn steps(key: &str) -> Result<Vec<&str>, ApiError> {
    let invalid = || ApiError::invalid(format!("Invalid parameter name: {key}")).param(key);
    let (head, mut rest) = key.find('[').map_or((key, ""), |at| key.split_at(at));
    let mut steps = vec![head];
    while let Some(inside) = rest.strip_prefix('[') {
        let (step, after) = inside.split_once(']').ok_or_else(invalid)?;
        steps.push(step);
        rest = after;
    }
    if head.is_empty() || !rest.is_empty() || steps.len() > DEEPEST {
        return Err(invalid());
    }
    Ok(steps)
}

fn insert(at: &mut Value, steps: &[&str], value: &str, key: &str) -> Result<(), ApiError> {
    let Some((step, rest)) = steps.split_first() else {
        *at = Value::String(value.to_owned());
        return Ok(());
    };
    let Value::Object(fields) = at else {
        return Err(ApiError::invalid(format!("Invalid object: {key} was given as text, too.")).param(key));
    };
    // `[]` appends; every append of nested fields opens a new element.
    let name = if step.is_empty() { fields.len().to_string() } else { (*step).to_owned() };
    if rest.is_empty() && fields.get(&name).is_some_and(Value::is_object) {
        return Err(ApiError::invalid(format!("Invalid object: {key} was given as text, too.")).param(key));
    }
    insert(fields.entry(name).or_insert_with(|| Value::Object(Map::new())), rest, value, key)
}

/// Turns objects whose names are 0, 1, 2… into lists. Metadata keeps its names as they are.
fn lists(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let numbered = !fields.is_empty() && fields.keys().all(|name| name.parse::<usize>().is_ok());
    if numbered {
        let mut items: Vec<(usize, Value)> =
            fields.into_iter().filter_map(|(name, item)| Some((name.parse().ok()?, lists(item)))).collect();
        items.sort_by_key(|(index, _)| *index);
        return Value::Array(items.into_iter().map(|(_, item)| item).collect());
    }
    let inside = |(name, item): (String, Value)| {
        let item = if name == "metadata" { item } else { lists(item) };
        (name, item)
    };
    Value::Object(fields.into_iter().map(inside).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn decoded(text: &str) -> Value {
        decode(text.as_bytes()).map_or_else(|error| json!(error.message()), Value::Object)
    }

    #[test]
    fn brackets_become_objects_and_lists() {
        assert_eq!(
            decoded("a[b][0][c]=1&a[b][1][c]=2&expand[]=x&expand[]=y&metadata[k]=&e=%C3%A9+%26"),
            json!({"a": {"b": [{"c": "1"}, {"c": "2"}]}, "expand": ["x", "y"], "metadata": {"k": ""}, "e": "é &"})
        );
    }

    #[test]
    fn metadata_may_have_numbers_as_names() {
        assert_eq!(decoded("metadata[0]=x"), json!({"metadata": {"0": "x"}}));
    }

    #[test]
    fn malformed_names_are_refused() {
        for text in ["a[b=1", "[a]=1", "a[b]c=1", "a=1&a[b]=2", "a[b]=2&a=1"] {
            assert!(decode(text.as_bytes()).is_err(), "{text}");
        }
    }

    fn any_params() -> impl Strategy<Value = Value> {
        let leaf = ".{0,8}".prop_map(Value::from);
        let tree = leaf.prop_recursive(3, 16, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z_]{1,6}", inner, 1..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        });
        prop::collection::btree_map("[a-ln-z]{1,8}", tree, 0..4)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn what_the_client_sends_is_read_back(params in any_params()) {
            let body = latchkey_stripe::form::encode(&params).unwrap();
            prop_assert_eq!(decode(body.as_bytes()).map(Value::Object), Ok(params));
        }

        #[test]
        fn no_input_makes_it_panic(text in ".{0,60}") {
            let _ = decode(text.as_bytes());
        }
    }
}
