//! Metadata: at most 50 keys of 40 characters, values of 500.

use crate::{error::ApiError, params::Params};
use serde_json::{Map, Value, json};

/// Merges `metadata` parameters into an object: an empty value removes its key, an empty whole clears.
pub(crate) fn merge_metadata(object: &mut Value, params: &Params) -> Result<(), ApiError> {
    let Some(given) = params.at("metadata") else { return Ok(()) };
    let Value::Object(given) = given else {
        object["metadata"] = json!({});
        return Ok(());
    };
    let mut merged: Map<String, Value> = object["metadata"].as_object().cloned().unwrap_or_default();
    for (key, value) in given {
        let value = value.as_str().ok_or_else(|| {
            ApiError::invalid(format!("Metadata values must be strings. {key} is not.")).param("metadata")
        })?;
        if key.chars().count() > 40 {
            return Err(ApiError::invalid(format!("Metadata keys can have up to 40 characters, but you passed in a key that is {} characters: {key}", key.chars().count())).param("metadata"));
        }
        if value.chars().count() > 500 {
            return Err(ApiError::invalid(format!("Metadata values can have up to 500 characters, but you passed in a value that is {} characters.", value.chars().count())).param(&format!("metadata[{key}]")));
        }
        if value.is_empty() {
            merged.remove(key);
        } else {
            merged.insert(key.clone(), json!(value));
        }
    }
    if merged.len() > 50 {
        return Err(ApiError::invalid("Metadata can have up to 50 keys.").param("metadata"));
    }
    object["metadata"] = Value::Object(merged);
    Ok(())
}
